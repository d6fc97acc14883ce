// tools.js - zoom, guides, what is shown beside it; the layout that fits the window.

// The percentage at which a page is as wide as the window lets it. Two beside each other shrink to
// its width by themselves.
function widest() {
	const edges = 2 * parseFloat(getComputedStyle(one("#pages")).paddingLeft);
	const shared = !isNarrow() && one("#thumbs, #text"); // with what stands at the sides of the pages
	const room = (one(shared ? "#pages" : "main").clientWidth - edges) / rem();
	return one(".compare .was")?.clientWidth ? Math.max(100, Math.floor((room - 1.25) / 0.92))
		: Math.floor(room / 0.46);
}

// What scrolls is a stop of the Tab key.
function makeReachable(part) {
	if (part?.scrollWidth > part?.clientWidth || part?.scrollHeight > part?.clientHeight)
		part.tabIndex = 0;
	else
		part?.removeAttribute("tabindex");
}

const flow = () => (isNarrow() ? document.scrollingElement : one("main")); // what scrolls the pages

// The page in the middle of the window, and where in it that is, as shares of it.
function middle() {
	const { left, top, width, height } = isNarrow() ? { left: 0, top: 0, width: innerWidth, height: innerHeight }
		: one("main").getBoundingClientRect();
	const at = { x: left + width / 2, y: top + height / 2 };
	const pages = [...document.querySelectorAll("#pages :is(img, .undrawn)")];
	const page = pages.find((one) => one.getBoundingClientRect().bottom > at.y) ?? pages.at(-1);
	const box = page?.getBoundingClientRect();
	return box && { page, at, x: (at.x - box.left) / box.width, y: (at.y - box.top) / box.height };
}

function keepMiddle(kept) {
	for (const part of kept ? [one("#pages"), flow()] : []) {
		const box = kept.page.getBoundingClientRect();
		part.scrollBy(box.left + kept.x * box.width - kept.at.x, box.top + kept.y * box.height - kept.at.y);
	}
}

// For this tab, until it is closed; a browser may keep nothing.
function kept(zoom) {
	try {
		if (zoom)
			sessionStorage.setItem("zoom", zoom);
		return sessionStorage.getItem("zoom");
	} catch {
		return null;
	}
}

function setZoom(percent, fit = false) {
	const stays = percent === view.zoom ? null : middle();
	if (stays || fit !== view.fit)
		kept(fit ? "fit" : percent);
	view.zoom = Math.min(300, Math.max(20, percent));
	view.fit = fit;
	const pages = one("#pages");
	one("main").style.setProperty("--zoom", `${0.46 * view.zoom}rem`);
	keepMiddle(stays);
	const said = one("#zoom");
	if (said)
		said.textContent = `${view.zoom} %`;
	sharpen(document);
	one("[data-set=width]")?.setAttribute("aria-pressed", fit);
	makeReachable(pages);
	makeReachable(one("#approval ul"));
	document.documentElement.style.setProperty("--foot", `${(one("#decision")?.offsetHeight ?? 0) + 16}px`);
}

const fitWidth = () => one("#pages") && setZoom(widest(), true);
const zoomHome = () => ((isNarrow() || one("#text")) && one("#pages") && widest() < 100 ? fitWidth() : setZoom(100));

// By 20, and on the way the one that suits the window.
function zoomBy(step) {
	const next = 20 * (step > 0 ? Math.floor(view.zoom / 20) + 1 : Math.ceil(view.zoom / 20) - 1);
	const fit = one("#pages") ? widest() : next;
	const between = step > 0 ? fit > view.zoom && fit < next : fit < view.zoom && fit > next;
	setZoom(between ? fit : next, between);
}

function setShow(what) {
	if (what !== "now" && !one(`#versions [data-set=${what}]`))
		return;
	view.show = view.show === what ? "now" : what;
	show();
}

// Beside the pages there may be room for narrower ones alone.
async function toggleWords() {
	view.words = 1 - view.words;
	remember(false);
	await show();
	zoomHome();
}

function toggleGuides() {
	view.guides = 1 - view.guides;
	remember(false);
	show();
}

function addTools() {
	const tools = one(".tools");
	if (!tools)
		return;
	const button = (name, label, act, key = label) => {
		const made = element("button", { type: "button", "aria-label": label, title: label, "data-set": key }, name);
		made.addEventListener("click", act);
		return made;
	};
	tools.insertBefore(element("span", { class: "group" },
		button("−", "Smaller", () => zoomBy(-1)),
		element("span", { id: "zoom" }),
		button("+", "Larger", () => zoomBy(1)),
		button("Fit", "Fit: as wide as the window", () => (view.fit ? zoomHome() : fitWidth()), "width")),
	tools.querySelector(".download"));
	const versions = one("#versions");
	if (versions) {
		for (const link of versions.children)
			link.toggleAttribute("aria-current", false);
		versions.querySelector(`[data-set=${view.show}]`)?.setAttribute("aria-current", "true");
	}
	if (view.fit)
		fitWidth();
	else
		setZoom(view.zoom);
	markPage();
}

// The layout goes by the size of the text, which a media query does not know: in one column, with
// the list folded away or beside it.
const layouts = ["(max-width: 70rem)", "(max-width: 62.49rem)", "(min-width: 62.5rem) and (max-width: 70rem)"].map(
	(media) => [...document.styleSheets[0].cssRules].find((rule) => rule.media?.mediaText === media));
const isNarrow = () => innerWidth <= 70 * rem();
const isFolded = () => innerWidth < 62.5 * rem();

let layout = null;

function zoomAsKept() {
	const zoom = kept();
	if (zoom === "fit")
		fitWidth();
	else if (zoom)
		setZoom(Number(zoom));
	else
		zoomHome();
}

function adapt() {
	const now = [isNarrow(), isFolded(), isNarrow() && !isFolded()], old = layout;
	layout = now.join();
	if (old !== layout) {
		layouts.forEach((rule, i) => { rule.media.mediaText = now[i] ? "all" : "not all"; });
		(old ? zoomHome : zoomAsKept)();
	} else if (view.fit)
		fitWidth();
	draw();
}

// Which page one looks at.
function markPage() {
	if (!one("#thumbs"))
		return;
	const line = isNarrow() ? innerHeight / 3 : one("main").getBoundingClientRect().top + one("main").clientHeight / 3;
	const above = [...document.querySelectorAll("#pages > span")].filter((span) => span.getBoundingClientRect().top < line);
	for (const link of document.querySelectorAll("#thumbs a")) {
		const here = Number(link.dataset.page) === Math.max(1, above.length);
		if (here && !link.hasAttribute("aria-current"))
			one("#thumbs").scrollTop = link.offsetTop - one("#thumbs").clientHeight / 2;
		link.toggleAttribute("aria-current", false);
		if (here)
			link.setAttribute("aria-current", "true");
	}
}
document.addEventListener("scroll", () => requestAnimationFrame(markPage), { capture: true, passive: true });
