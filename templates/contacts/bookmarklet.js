(() => {
  const told = (name) => document.querySelector(`meta[property="${name}"], meta[name="${name}"]`)?.content ?? "";
  const page = {
    address: document.querySelector("link[rel=canonical]")?.href || told("og:url") || location.href,
    here: location.href,
    title: told("og:title") || document.title,
    heading: document.querySelector("h1")?.innerText ?? "",
    first: told("profile:first_name"),
    last: told("profile:last_name"),
    about: told("og:description") || told("description"),
    selected: String(getSelection()).slice(0, 4000)
  };
  const form = "{{ form|escapejs }}#page=" + encodeURIComponent(JSON.stringify(page));
  open(form) || (location.href = form);
})();
