import { pageAddress, type PageName, type Question } from '../read/question';
import type { ReportRows } from '../read/rows';
import { html, moment, type Part, type SafeHtml, trusted } from './html';

/** The page's only style sheet: no outside fonts, no images, light and dark, paper and phone. */
const STYLE = `
:root{color-scheme:light dark;--paper:#f5f4ef;--card:#fff;--ink:#1b2530;--soft:#586470;--line:#e2dfd6;--faint:#f0eee8;--accent:#175a9e;--on-accent:#fff;
--created:#2f78c4;--updated:#7a63c8;--adopted:#17857b;--voided:#8d6b3b;--parked:#c98a06;--failed:#c23434;--good:#2a7f4f;--quiet:#77818b}
@media (prefers-color-scheme:dark){:root{--paper:#11161b;--card:#192027;--ink:#e7ebef;--soft:#a0acb8;--line:#2d3741;--faint:#202932;--accent:#7ab8f5;--on-accent:#0d1c2b;
--created:#5a9fe6;--updated:#a08cf0;--adopted:#3fb8ab;--voided:#bf9b66;--parked:#e6b13a;--failed:#f07070;--good:#55bd83;--quiet:#8d98a3}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
a{color:var(--accent);text-underline-offset:.15em;text-decoration-thickness:.07em}
a:focus-visible,button:focus-visible,input:focus-visible,select:focus-visible,summary:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:4px}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip{position:absolute;left:-999px}.skip:focus{left:12px;top:8px;background:var(--card);padding:6px 12px;z-index:2}
header.top{background:var(--card);border-bottom:1px solid var(--line)}
header.top>div{max-width:1180px;margin:0 auto;padding:12px 24px;display:flex;flex-wrap:wrap;gap:8px 28px;align-items:center}
.brand{font-weight:700;font-size:17px;letter-spacing:-.01em;color:var(--ink);text-decoration:none;white-space:nowrap}
.brand i{font-style:normal;color:var(--accent);padding:0 .15em}
nav{display:flex;flex-wrap:wrap;gap:4px}
nav a{padding:5px 11px;border-radius:7px;text-decoration:none;color:var(--soft);font-weight:500}
nav a:hover{background:var(--faint);color:var(--ink)}
nav a[aria-current]{background:var(--faint);color:var(--ink);font-weight:600}
form.search{margin-left:auto;display:flex;gap:6px;flex:0 1 380px;min-width:250px}
input[type=search],input[type=text],input[type=date],select{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--line);border-radius:8px;padding:6px 11px;min-width:0;flex:1}
input::placeholder{color:var(--soft);opacity:1}
button{font:inherit;font-weight:600;cursor:pointer;white-space:nowrap;color:var(--accent);background:var(--card);border:1px solid var(--line);border-radius:8px;padding:5px 13px}
a.button{display:inline-block;font-weight:600;text-decoration:none;text-align:center;white-space:nowrap;color:var(--accent);background:var(--card);border:1px solid var(--line);border-radius:8px;padding:5px 13px}
button:hover,a.button:hover{border-color:var(--accent)}
button.strong,a.button.strong{background:var(--accent);border-color:var(--accent);color:var(--on-accent)}
main{max-width:1180px;margin:0 auto;padding:22px 24px 40px}
h1{font-size:26px;line-height:1.25;letter-spacing:-.02em;margin:4px 0 4px;overflow-wrap:anywhere}
h2{font-size:17px;letter-spacing:-.01em;margin:0}
h3{font-size:15px;margin:0 0 6px}
p{margin:6px 0}
.lead{color:var(--soft);margin:0 0 18px;overflow-wrap:anywhere}
.note{color:var(--soft);font-size:13.5px}
.card{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:18px 20px;margin:0 0 18px}
.card>header{display:flex;flex-wrap:wrap;gap:6px 16px;align-items:baseline;margin-bottom:10px}
.card>header>:last-child:not(h2){margin-left:auto}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:18px}.pair>.card{min-width:0}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(190px,1fr));gap:14px;margin:0 0 18px}
.tile{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:13px 17px 14px;border-top:4px solid var(--quiet);min-width:0}
.tile.good{border-top-color:var(--good)}.tile.warn{border-top-color:var(--parked)}.tile.bad{border-top-color:var(--failed)}.tile.busy{border-top-color:var(--adopted)}
.tile h2{font-size:13px;font-weight:600;color:var(--soft);letter-spacing:0}
.tile strong{display:block;font-size:21px;line-height:1.3;letter-spacing:-.02em;font-weight:650;font-variant-numeric:tabular-nums}
.tile p{margin:2px 0 0;font-size:13.5px;color:var(--soft)}
.banner{border:1px solid var(--line);border-left:5px solid var(--quiet);background:var(--card);border-radius:10px;padding:11px 16px;margin:0 0 14px}
.banner.good{border-left-color:var(--good)}.banner.warn{border-left-color:var(--parked)}.banner.bad{border-left-color:var(--failed)}
.banner p{margin:2px 0;overflow-wrap:anywhere}
.scroll{overflow-x:auto}
.scroll[role=group]{direction:rtl}.scroll>svg{direction:ltr}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th{text-align:left;font-size:13px;font-weight:600;color:var(--soft);padding:5px 10px 5px 0;border-bottom:1px solid var(--line);white-space:nowrap;vertical-align:bottom}
td{padding:8px 10px 8px 0;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:break-word}
td>div{overflow-wrap:anywhere;min-width:5em}
tbody tr:last-child td{border-bottom:0}
tfoot td{border-top:2px solid var(--line);border-bottom:0;font-weight:650}
td.right,th.right{text-align:right;padding:8px 0 8px 12px;overflow-wrap:normal;white-space:nowrap}th.right{padding-top:5px;padding-bottom:5px}
td.right+td:not(.right),th.right+th:not(.right){padding-left:22px}
td .note{display:block}
td form{margin:0}
time{white-space:nowrap}
.badge{--tone:var(--quiet);display:inline-block;font-size:12.5px;font-weight:650;line-height:1.5;padding:1px 9px;border-radius:99px;white-space:nowrap;
background:color-mix(in srgb,var(--tone) 15%,var(--card));color:color-mix(in srgb,var(--tone) 62%,var(--ink));border:1px solid color-mix(in srgb,var(--tone) 35%,var(--card))}
.created{--tone:var(--created)}.updated{--tone:var(--updated)}.adopted{--tone:var(--adopted)}.voided{--tone:var(--voided)}.parked{--tone:var(--parked)}.failed{--tone:var(--failed)}.good{--tone:var(--good)}
strong.ill{color:color-mix(in srgb,var(--failed) 82%,var(--ink))}
svg.chart{display:block;width:100%;height:auto;min-width:640px}
svg.strip{margin-bottom:12px}
svg rect.created,svg rect.updated,svg rect.adopted,svg rect.voided,svg rect.parked,svg rect.failed,svg rect.good{fill:var(--tone)}
svg rect.hit{fill:transparent}svg g:hover rect.hit{fill:var(--ink);opacity:.06}
svg a:hover rect{opacity:.7}
svg .grid{stroke:var(--line)}svg .axis{fill:var(--soft);font-size:12px}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:3px 16px;padding:0;margin:8px 0 0;font-size:13.5px;color:var(--soft)}
.swatch{display:inline-block;width:11px;height:11px;border-radius:3px;background:var(--tone);margin-right:6px;-webkit-print-color-adjust:exact;print-color-adjust:exact}
svg{-webkit-print-color-adjust:exact;print-color-adjust:exact}
details summary{cursor:pointer;color:var(--accent);font-size:14px}
details>.scroll{margin-top:8px}
details.rest{margin-top:10px}
details.all{position:relative}details.all form{position:absolute;right:0;top:28px;z-index:1;width:min(320px,80vw);background:var(--card);border:1px solid var(--line);border-radius:10px;padding:10px 14px 14px;box-shadow:0 8px 26px #0003}
.facts{display:flex;flex-wrap:wrap;gap:10px 34px;margin:6px 0}.facts>div{min-width:96px;max-width:100%}
.facts dt{font-size:13px;color:var(--soft)}.facts dd{margin:0;overflow-wrap:anywhere}
.story{list-style:none;margin:0;padding:0}
.story>li{--tone:var(--quiet);position:relative;padding:0 0 22px 28px;border-left:2px solid var(--line);margin-left:7px}
.story>li:last-child{border-left-color:transparent;padding-bottom:0}
.story>li::before{content:"";position:absolute;left:-8px;top:4px;width:14px;height:14px;border-radius:50%;background:var(--tone);border:3px solid var(--card)}
.story>li.created,.story>li.updated,.story>li.adopted,.story>li.voided,.story>li.parked,.story>li.failed{--tone:inherit}
.story>li.created::before{background:var(--created)}.story>li.updated::before{background:var(--updated)}.story>li.adopted::before{background:var(--adopted)}.story>li.voided::before{background:var(--voided)}.story>li.parked::before{background:var(--parked)}.story>li.failed::before{background:var(--failed)}
.story .when{display:flex;flex-wrap:wrap;gap:4px 12px;align-items:baseline}
.story .what{margin:4px 0;overflow-wrap:anywhere}
.remedy{border-left:3px solid var(--accent);padding-left:11px;margin:8px 0;overflow-wrap:anywhere}
.raw{font:13px/1.5 ui-monospace,Menlo,Consolas,monospace;overflow-wrap:anywhere}
.code{font-family:ui-monospace,Menlo,Consolas,monospace;font-size:.92em;overflow-wrap:anywhere}
.choose{display:flex;flex-wrap:wrap;gap:8px 14px;align-items:end;margin:0 0 12px;color:var(--soft);font-size:13.5px}.choose label{display:flex;flex-direction:column;gap:2px}.choose input,.choose select{height:38px}.choose input[type=search],.choose select{flex:0 0 auto;color:var(--ink)}
.choose.wide{flex-direction:column;align-items:stretch;max-width:560px}.choose.wide input,.choose.wide select{width:100%}.choose.wide button{align-self:start}
.acts a.button{width:100%}
.acts.row{flex-direction:row;flex-wrap:wrap;align-items:end;margin:0 0 14px}.acts.row .choose{margin:0}.acts.row form,.acts.row button,.acts.row a.button{width:auto}
.acts{display:flex;flex-direction:column;gap:6px;align-items:start}.acts form,.acts button{width:100%}
.pages{display:flex;gap:18px;margin-top:12px}
.filter{display:flex;flex-wrap:wrap;gap:6px;margin:0 0 8px}.filter a{padding:2px 11px;border:1px solid var(--line);border-radius:99px;text-decoration:none;font-size:13.5px}.filter a[aria-current]{background:var(--accent);border-color:var(--accent);color:var(--on-accent)}
footer{max-width:1180px;margin:0 auto;padding:0 24px 36px;color:var(--soft);font-size:13px}
@media (max-width:900px){.pair{grid-template-columns:1fr;gap:0}}
@media (max-width:680px){
header.top>div{padding:12px 16px}main{padding:16px 14px 30px}footer{padding:0 16px 28px}
form.search{flex:1 1 100%;margin:0}nav{margin:0 -8px}nav a{padding:8px 9px}button{padding:8px 15px}
.card{padding:15px 15px}.tiles{grid-template-columns:1fr 1fr;gap:10px}.tile{padding:11px 13px}.tile strong{font-size:19px}.tile.wide{grid-column:1/-1}
table.cards thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
table.cards,table.cards tbody,table.cards tfoot{display:block}
table.cards tr{display:flex;flex-wrap:wrap;gap:2px 18px;padding:10px 0;border-bottom:1px solid var(--line)}table.cards tbody tr:last-child{border-bottom:0}
table.cards tr td.right,table.cards tr td{flex:1 1 100%;border:0;padding:2px 0;text-align:left;min-width:0}
table.cards tr td.right,table.cards tr td.brief{flex:0 0 auto}table.cards td.right+td:not(.right){padding-left:0}
table.cards td[data-title]::before{content:attr(data-title) " ";color:var(--soft);font-size:13.5px;margin-right:4px}
table.cards td[data-title]>div{display:inline}
table.cards td.blank{display:none}
}
@media print{
:root{color-scheme:light;--paper:#fff;--card:#fff;--ink:#000;--soft:#444;--line:#bbb;--faint:#eee;--accent:#000;--created:#2f78c4;--updated:#7a63c8;--adopted:#17857b;--voided:#8d6b3b;--parked:#c98a06;--failed:#c23434;--good:#2a7f4f}
body{font-size:10.5pt}nav,form,.skip,.out,details.all,.pages{display:none!important}
main,header.top>div,footer{max-width:none;padding-left:0;padding-right:0}
.card,.tile{border-radius:4px;box-shadow:none}.tile,.story>li,tr{break-inside:avoid}.card>header{break-after:avoid}thead{display:table-header-group}
a{text-decoration:none}svg.chart{min-width:0;max-width:170mm}
@supports selector(::details-content){details.rest>summary{display:none}}
details.rest::details-content{content-visibility:visible;block-size:auto}
}
`;

const MENU: ReadonlyArray<readonly [PageName, string]> = [
	['overview', 'Overview'],
	['waiting', 'Waiting'],
	['crosswalks', 'Crosswalks'],
	['runs', 'Runs'],
	['reconciliation', 'Reconciliation'],
];

/**
 * n8n sets a Content-Security-Policy header of its own (a sandbox) and lets nobody set another, so
 * ours stands in the page: no script, nothing from outside, forms only to where the page came from.
 */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'";

/** The whole document around what a page shows. */
export function layout(page: {
	title: string;
	/** Line under the title. */
	lead?: Part;
	current: PageName;
	search: string;
	/** UTC instant. */
	now: string;
	/** Seconds after which the browser looks again. */
	refreshAfter?: number;
	body: Part;
}): SafeHtml {
	const { title, lead, current, search, now, refreshAfter, body } = page;
	return html`<!doctype html>
		<html lang="en">
			<head>
				<meta charset="utf-8" />
				<meta name="viewport" content="width=device-width, initial-scale=1" />
				<meta http-equiv="Content-Security-Policy" content="${trusted(POLICY)}" />
				<meta name="robots" content="noindex, nofollow" />
				<meta name="referrer" content="no-referrer" />
				${refreshAfter !== undefined &&
				html`<meta http-equiv="refresh" content="${refreshAfter}" />`}
				<title>${title} · GP to Procore</title>
				<style>
					${trusted(STYLE)}
				</style>
			</head>
			<body>
				<a class="skip" href="#content">Skip to the content</a>
				<header class="top">
					<div>
						<a class="brand" href="${pageAddress({ page: 'overview' })}"
							>GP<i aria-hidden="true">→</i><span class="unseen">to</span>Procore</a
						>
						<nav aria-label="Pages">
							${MENU.map(
								([name, shown]) =>
									html`<a
										href="${pageAddress({ page: name })}"
										${name === current && trusted(' aria-current="page"')}
										>${shown}</a
									>`,
							)}
						</nav>
						<form class="search" method="get" role="search">
							<input type="hidden" name="page" value="search" /><label class="unseen" for="q"
								>Search records</label
							><input
								type="search"
								id="q"
								name="q"
								value="${search}"
								maxlength="80"
								placeholder="Voucher, vendor, job, amount …"
							/><button type="submit">Search</button>
						</form>
					</div>
				</header>
				<main id="content" tabindex="-1">
					<h1>${title}</h1>
					<p class="lead">${lead}</p>
					${body}
				</main>
				<footer>
					As of ${moment(now)}. All times are UTC; amounts are in the currency GP keeps the
					company's books in. Dynamics GP is only read; what stands here was written to n8n's Data
					Tables by the runs.
				</footer>
			</body>
		</html> `;
}

/** Everything a page is drawn from. */
export interface PageContext {
	question: Question;
	rows: ReportRows;
	/** UTC instant. */
	now: string;
	/** What the replay buttons carry; null where nobody has logged in: then there are none. */
	token: string | null;
	/** Hosts whose pages may be linked. */
	hosts: readonly string[];
}
