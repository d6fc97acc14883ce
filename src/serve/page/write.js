// The summary before letters are written: Escape is Cancel.
"use strict";
addEventListener("keydown", (event) => {
	if (event.key === "Escape")
		location.assign(document.querySelector("#cancel").href);
});
