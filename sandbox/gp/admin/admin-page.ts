import { escapeMarkup } from '../server/envelope';
import type { GpStandIn } from '../server/start-gp-server';
import { ADMIN_ROUTES, KEY } from './admin-routes';

/** One page with a button for everything, for a person who wants to see GP change. */
export function adminPage(gp: GpStandIn): string {
	const { displayName } = gp.company.options;
	const lastKey = [...gp.company.documents.keys()].at(-1) ?? KEY;
	const unposted = [...gp.company.documents.values()]
		.filter((document) => document.state === 'work')
		.slice(-8)
		.map((document) => {
			const id = escapeMarkup(`${document.documentType};${document.voucher}`);
			return (
				`<tr><td>${id}</td><td>${escapeMarkup(document.vendorId)}</td><td>${escapeMarkup(document.documentNumber)}</td>` +
				`<td class="n">${Number(document.amounts.document).toFixed(2)}</td>` +
				`<td><button data-post="${id}">Post</button></td></tr>`
			);
		});
	const reads = ADMIN_ROUTES.filter((route) => route.name.startsWith('GET')).map((route) => {
		const path = route.name.slice(4);
		return `<li><a href="${path}">${path}</a> ${escapeMarkup(route.does)}</li>`;
	});
	const edits = ADMIN_ROUTES.filter((route) => route.name.startsWith('POST')).map((route) => {
		const path = route.name.slice(5);
		const body = escapeMarkup(JSON.stringify(route.example ?? {}).replace(KEY, lastKey));
		return (
			`<form data-path="${path}"><b>${path}</b> ${escapeMarkup(route.does)}<br>` +
			`<textarea rows="2">${body}</textarea><button>Do it</button></form>`
		);
	});
	return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>GP sandbox</title><style>
body{font:14px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem}
textarea{width:80%;font:12px monospace;vertical-align:top}form{margin:.6rem 0}td{padding:.1rem .8rem .1rem 0}.n{text-align:right}
pre{background:#f3f3f3;padding:.6rem;max-height:18rem;overflow:auto}</style></head><body>
<h1>${escapeMarkup(displayName)}, Dynamics GP sandbox</h1>
<p>Service: <code>${gp.url}/GPService</code> (Windows login, see the sandbox account). Sandbox time ${new Date(gp.now()).toISOString()}.</p>
<pre id="answer">Answers appear here.</pre>
<h2>Unposted documents</h2><table>${unposted.join('')}</table>
<h2>Change something</h2>${edits.join('')}
<h2>Look</h2><ul>${reads.join('')}</ul>
<script>
const show=(text)=>{document.getElementById('answer').textContent=text;scrollTo(0,0)};
const send=async(path,body)=>{const r=await fetch(path,{method:'POST',headers:{'content-type':'application/json'},body});
const t=await r.text();try{show(JSON.stringify(JSON.parse(t),null,2))}catch{show(t)}return r.ok};
document.querySelectorAll('form').forEach(f=>f.onsubmit=e=>{e.preventDefault();send(f.dataset.path,f.querySelector('textarea').value)});
document.querySelectorAll('[data-post]').forEach(b=>b.onclick=async()=>{if(await send('/vouchers/post',JSON.stringify({key:b.dataset.post})))b.closest('tr').remove()});
</script></body></html>`;
}
