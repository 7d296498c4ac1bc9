/** The page's looks: no font, picture or script comes from elsewhere. */
export const STYLE = `
:root { color-scheme: light dark; --text: #1b1f24; --dim: #5b6470; --line: #d8dee4; --back: #fff; --card: #f6f8fa;
  --fine: #1a7f37; --degraded: #9a6700; --broken: #cf222e; --unknown: #57606a; --link: #0969da; }
@media (prefers-color-scheme: dark) { :root { --text: #e6edf3; --dim: #9198a1; --line: #30363d; --back: #0d1117;
  --card: #161b22; --fine: #3fb950; --degraded: #d29922; --broken: #ff7b72; --unknown: #9198a1; --link: #58a6ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 76rem; background: var(--back); color: var(--text);
  font: 15px/1.45 system-ui, sans-serif; }
a { color: var(--link); }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; }
header { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: baseline; justify-content: space-between; }
h1 { font-size: 1.1rem; margin: 0; }
h2 { font-size: 1rem; margin: 1.75rem 0 .5rem; }
.verdict { margin: 1rem 0; padding: .9rem 1rem; border-left: .4rem solid var(--state); background: var(--card);
  font-size: 1.25rem; font-weight: 600; }
.fine { --state: var(--fine); } .degraded { --state: var(--degraded); }
.broken { --state: var(--broken); } .unknown { --state: var(--unknown); }
.mark { color: var(--state); font-weight: 600; white-space: nowrap; }
.dim, time, caption { color: var(--dim); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
caption { text-align: left; padding: 0 0 .4rem; }
th, td { text-align: left; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); white-space: nowrap; }
th { color: var(--dim); font-weight: 500; }
td.name { white-space: normal; overflow-wrap: anywhere; min-width: 9rem; }
.number { text-align: right; }
.spark { width: 80px; height: 20px; vertical-align: middle; }
.spark polyline { fill: none; stroke: var(--link); stroke-width: 1.5; }
form { display: flex; flex-wrap: wrap; gap: .5rem; margin: 1rem 0 0; }
input, button { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line);
  border-radius: .4rem; padding: .4rem .7rem; }
input { flex: 1 1 14rem; }
@media (max-width: 40rem) { .wide { display: none; } body { padding: .75rem; } th, td { padding-right: .5rem; } }
`;

/** Fetches the page anew and exchanges what is shown; what somebody types, and where the focus is, stays. */
export const LIVE = `
const shown = document.querySelector("#shown"), state = document.querySelector("#live");
setInterval(async () => {
  if (document.hidden) return;
  try {
    const answer = await fetch(location.href, { signal: AbortSignal.timeout(8000) });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    shown.replaceChildren(...page.querySelector("#shown").childNodes);
    document.title = page.title;
    state.textContent = "live";
  } catch {
    state.textContent = "no answer: what is shown may be old";
  }
}, 10000);
`;
