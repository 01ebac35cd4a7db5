// What tests measure in a page. Each function returns a list of complaints, empty where all is well.
(() => {
  const INTERACTIVE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";

  const isShown = (element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !element.closest(".unseen, .skip");

  const told = (element) => {
    const name = element.id ? `#${element.id}` : (element.getAttribute("aria-label") ?? element.textContent.trim()).slice(0, 30);
    return `${element.tagName.toLowerCase()} ${name}`;
  };

  // WCAG 2.5.8 leaves out links within a sentence: their height is that of the line.
  const isInSentence = (element) =>
    element.tagName === "A" && getComputedStyle(element).display === "inline" && element.closest("p, li, td, dd, .strip") !== null;

  // A label is part of its control's target.
  const targetOf = (element) => {
    const boxes = [element, ...(element.matches("[type=checkbox], [type=radio]") ? element.labels ?? [] : [])];
    return boxes.map((box) => box.getBoundingClientRect());
  };

  const smallTargets = (least) =>
    [...document.querySelectorAll(INTERACTIVE)]
      .filter((element) => isShown(element) && !isInSentence(element))
      .filter((element) => !targetOf(element).some((box) => box.width >= least && box.height >= least))
      .map((element) => `${told(element)} is ${Math.round(element.offsetWidth)} × ${Math.round(element.offsetHeight)} px`);

  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });

  // The colour that is seen where `colours` lie on each other, the lowest first.
  const painted = (colours) => {
    canvas.clearRect(0, 0, 1, 1);
    for (const colour of colours) {
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
    }
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };

  const luminance = (colour) => {
    const [red, green, blue] = colour.map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };

  const groundsOf = (element) => {
    const grounds = [];
    for (let at = element; at; at = at.parentElement) grounds.unshift(getComputedStyle(at).backgroundColor);
    return ["Canvas", ...grounds];
  };

  const contrast = (element) => {
    const grounds = groundsOf(element);
    const [light, dark] = [painted([...grounds, getComputedStyle(element).color]), painted(grounds)].map(luminance).sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  };

  const hasText = (element) =>
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim()) || (element.matches("input, select") && element.value);

  const faintTexts = (least) =>
    [...document.querySelectorAll("body *")]
      .filter((element) => hasText(element) && isShown(element) && !element.matches("script, style, noscript, option"))
      .map((element) => [contrast(element), element])
      .filter(([ratio]) => ratio < least)
      .map(([ratio, element]) => `${told(element)} has ${ratio.toFixed(2)} : 1`);

  // The control that has the focus must be seen whole: inside the window and under nothing.
  const isSeen = (element) => {
    const box = element.getBoundingClientRect();
    if (box.top < -1 || box.left < -1 || box.bottom > innerHeight + 1 || box.right > innerWidth + 1) return false;
    const points = [[box.left + 3, box.top + 3], [box.right - 3, box.bottom - 3], [(box.left + box.right) / 2, (box.top + box.bottom) / 2]];
    return points.every(([x, y]) => {
      const top = document.elementFromPoint(x, y);
      return top && (element.contains(top) || top.contains(element));
    });
  };

  const showsFocus = (element) => {
    const ringed = [element, element.closest(".chips")].filter(Boolean).map((part) => getComputedStyle(part));
    return ringed.some((style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
  };

  // Scrolling to what has the focus may take a few frames.
  const lostFocus = async () => {
    const element = document.activeElement;
    for (let frame = 0; frame < 60 && !isSeen(element); frame += 1) await new Promise(requestAnimationFrame);
    return [
      ...(isSeen(element) ? [] : [`${told(element)} is covered or outside the window`]),
      ...(showsFocus(element) ? [] : [`${told(element)} shows no focus`]),
    ];
  };

  const longMotions = (mostSeconds) =>
    [...document.querySelectorAll("*")]
      .map((element) => [getComputedStyle(element), element])
      .filter(([style]) => [...style.transitionDuration.split(","), ...style.animationDuration.split(",")].some((time) => parseFloat(time) > mostSeconds))
      .map(([style, element]) => `${told(element)} moves for ${style.transitionDuration}, ${style.animationDuration}`);

  return { smallTargets, faintTexts, lostFocus, longMotions };
})()
