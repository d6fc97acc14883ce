// The desk made quick: the same parts as without a script, fetched and put in place.
"use strict";
const ROW = 2.6 * parseFloat(getComputedStyle(document.documentElement).fontSize);
const WINDOW = 200; // rows that one answer holds
const words = { good: "Good", warning: "Warning", error: "Error" };
const one = (selector) => document.querySelector(selector);
const list = one("#rows"), scroll = one("#scroll"), filter = one("#filter");
const view = { id: "", guides: 0, before: 0, zoom: 100 };
let rows = new Map(); // by number
let total = 0, asked = new Set(), version = -1, drawing = 0;

const idOf = (link) => decodeURIComponent(new URL(link.href).pathname.split("/").pop());
const chosen = one("#rows a[aria-current]");
view.id = chosen ? idOf(chosen) : "";
document.body.classList.add("live");

function element(name, attributes, ...children) {
	const made = document.createElement(name);
	for (const [key, value] of Object.entries(attributes))
		made.setAttribute(key, value);
	made.append(...children);
	return made;
}

async function fetchRows(from) {
	if (asked.has(from))
		return;
	asked.add(from);
	const key = drawing;
	const form = new FormData(filter);
	const query = new URLSearchParams({ q: form.get("q"), state: form.get("state"), from });
	const answer = await (await fetch(`rows?${query}`)).json();
	if (key !== drawing)
		return;
	total = answer.total;
	answer.rows.forEach((row, i) => rows.set(from + i, row));
	draw();
}

// Only the rows in sight, and some around them, are in the page.
function draw() {
	const from = Math.max(0, Math.floor(scroll.scrollTop / ROW) - 10);
	const to = Math.min(total, from + Math.ceil(scroll.clientHeight / ROW) + 20);
	const had = document.activeElement && list.contains(document.activeElement);
	list.style.height = `${total * ROW}px`;
	const made = [];
	for (let i = from; i < to; i++) {
		const row = rows.get(i);
		if (!row) {
			fetchRows(Math.floor(i / WINDOW) * WINDOW);
			continue;
		}
		const link = element("a", { href: `letter/${encodeURIComponent(row.id)}` },
			element("span", { class: "name" }, row.id),
			element("span", { class: `state ${row.state}` }, words[row.state]));
		if (row.changed)
			link.append(element("span", { class: "state changed" }, "Changed"));
		if (row.id === view.id)
			link.setAttribute("aria-current", "true");
		const item = element("li", { "aria-setsize": total, "aria-posinset": i + 1 }, link);
		item.style.top = `${i * ROW}px`;
		made.push(item);
	}
	list.replaceChildren(...made);
	if (had)
		list.querySelector("[aria-current]")?.focus({ preventScroll: true });
}

function renewRows() {
	rows = new Map();
	asked = new Set();
	drawing++;
	fetchRows(Math.floor(Math.floor(scroll.scrollTop / ROW) / WINDOW) * WINDOW);
}

// The letter as it is now. The pictures are there before they are shown, and the place is kept.
async function show(keep) {
	if (!view.id)
		return;
	const id = view.id;
	const answer = await fetch(`part/${encodeURIComponent(id)}?guides=${view.guides}&before=${view.before}`);
	if (!answer.ok || id !== view.id)
		return;
	const part = new DOMParser().parseFromString(
		`<base href="${document.baseURI}">${await answer.text()}`, "text/html");
	const main = document.adoptNode(part.querySelector("main"));
	const side = document.adoptNode(part.querySelector("aside"));
	await Promise.all([...main.querySelectorAll("img")].map((image) => image.decode().catch(() => 0)));
	if (id !== view.id)
		return;
	const old = one("main"), top = old.scrollTop, left = old.scrollLeft, asideTop = one("aside").scrollTop;
	old.replaceWith(main);
	one("aside").replaceWith(side);
	addZoom();
	if (keep) {
		main.scrollTo(left, top);
		side.scrollTop = asideTop;
	}
	if (view.before)
		markDifferences(main);
	document.title = `${id} – Proof desk`;
}

// Where the pages before and after differ, the one before is tinted.
async function markDifferences(main) {
	for (const image of main.querySelectorAll("#pages img")) {
		const now = new Image();
		now.src = image.src.replace(/before=1&v=.*/u, `before=0&v=at${version}`);
		if (await now.decode().then(() => false, () => true))
			continue;
		const [a, b] = [image, now].map((picture) => {
			const canvas = element("canvas", { width: picture.naturalWidth, height: picture.naturalHeight });
			const context = canvas.getContext("2d", { willReadFrequently: true });
			context.drawImage(picture, 0, 0);
			return { canvas, context, data: context.getImageData(0, 0, canvas.width, canvas.height) };
		});
		const size = Math.min(a.data.data.length, b.data.data.length);
		for (let i = 0; i < size; i += 4)
			if (Math.abs(a.data.data[i] - b.data.data[i]) > 24)
				a.data.data.set([200, 30, 90, 255], i);
		a.context.putImageData(a.data, 0, 0);
		a.canvas.setAttribute("role", "img");
		a.canvas.setAttribute("aria-label", `${image.alt}, differences in colour`);
		image.replaceWith(a.canvas);
	}
}

function setZoom(percent) {
	view.zoom = Math.min(300, Math.max(40, percent));
	one("#pages")?.style.setProperty("--zoom", `${0.46 * view.zoom}rem`);
	const said = one("#zoom");
	if (said)
		said.textContent = `${view.zoom} %`;
}

function addZoom() {
	const tools = one(".tools");
	if (!tools)
		return;
	const button = (name, label, change) => {
		const made = element("button", { type: "button", "aria-label": label }, name);
		made.addEventListener("click", () => setZoom(view.zoom + change));
		return made;
	};
	tools.append(element("span", {}, button("−", "Smaller", -20), " ", element("span", { id: "zoom" }),
		" ", button("+", "Larger", 20)));
	setZoom(view.zoom);
}

function choose(id) {
	view.id = id;
	view.before = 0;
	history.replaceState(null, "", `letter/${encodeURIComponent(id)}`);
	draw();
	return show(false);
}

function move(step) {
	let at = [...rows].find(([, row]) => row.id === view.id)?.[0] ?? -1;
	at = Math.min(total - 1, Math.max(0, at + step));
	const row = rows.get(at);
	if (!row)
		return;
	if (at * ROW < scroll.scrollTop)
		scroll.scrollTop = at * ROW;
	if ((at + 1) * ROW > scroll.scrollTop + scroll.clientHeight)
		scroll.scrollTop = (at + 1) * ROW - scroll.clientHeight;
	choose(row.id);
}

const keys = { j: () => move(1), ArrowDown: () => move(1), k: () => move(-1), ArrowUp: () => move(-1),
	"+": () => setZoom(view.zoom + 20), "-": () => setZoom(view.zoom - 20), "/": () => one("#q").focus() };
document.addEventListener("keydown", (event) => {
	const inField = event.target.closest("input, select, textarea");
	const arrows = event.key.startsWith("Arrow") && event.target.closest("main, aside");
	if (inField || arrows || event.ctrlKey || event.altKey || event.metaKey || !keys[event.key])
		return;
	event.preventDefault();
	keys[event.key]();
});
document.addEventListener("click", (event) => {
	const link = event.target.closest("a");
	if (!link || event.ctrlKey || event.metaKey || event.shiftKey)
		return;
	const set = { Guides: "guides", "Before the last change": "before" }[link.dataset.set];
	if (!set && !list.contains(link))
		return;
	event.preventDefault();
	if (!set)
		return choose(idOf(link));
	view[set] = 1 - view[set];
	show(true);
});
filter.addEventListener("submit", (event) => event.preventDefault());
filter.addEventListener("input", () => { scroll.scrollTop = 0; renewRows(); });
scroll.addEventListener("scroll", () => requestAnimationFrame(draw), { passive: true });
one("#generate")?.addEventListener("submit", (event) => {
	event.preventDefault();
	fetch("generate", { method: "POST", redirect: "manual" });
});

addZoom();
let busy = true;
new EventSource("events").addEventListener("message", (event) => {
	const news = JSON.parse(event.data);
	one("#status").textContent = news.status;
	if (version !== -1 && version !== news.version)
		show(true);
	if (version === -1 || version !== news.version || busy !== news.busy)
		renewRows();
	if (!view.id && !news.busy)
		location.reload();
	({ version, busy } = news);
});
