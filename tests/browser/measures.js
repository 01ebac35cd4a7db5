// What tests measure in a page. Each function returns a list of complaints, empty where all is well.
(() => {
  const told = (element) => {
    const name = element.id ? `#${element.id}` : (element.getAttribute("aria-label") ?? element.textContent.trim()).slice(0, 30);
    return `${element.tagName.toLowerCase()} ${name}`;
  };

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
    const ringed = [element, element.closest(".chips"), element.closest(".toggles")].filter(Boolean).map((part) => getComputedStyle(part));
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

  // A picture of one colour shows nothing.
  const plainPicture = async (png) => {
    const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const canvas = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
    canvas.drawImage(picture, 0, 0);
    const colours = new Set(new Uint32Array(canvas.getImageData(0, 0, picture.width, picture.height).data.buffer));
    return colours.size > 1 ? [] : ["the picture has one colour"];
  };

  return { lostFocus, longMotions, plainPicture };
})()
