import type { World } from '../http/call';
import { escapeHtml } from '../http/html';
import type { ProcoreStandIn } from '../server';
import { projectSnapshot } from './snapshot';

type ProjectView = ReturnType<typeof projectSnapshot>;
type CostView = ProjectView['directCosts'][number];

/** The page at "/": what Procore would show, for people trying the product without an account. */
export function page(world: World, standIn: ProcoreStandIn, chosen: string | null): string {
	const all = standIn.snapshot();
	const open = all.projects.find((project) => project.project_number === chosen);
	const vendors = world.store.vendors.all();
	const synced = vendors.filter((vendor) => vendor.origin_id !== null).length;
	const { requests, writes } = standIn.counters();
	return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(all.company.name)} in Procore (stand-in)</title>
<style>${style}</style></head><body>
<h1>${escapeHtml(all.company.name)}</h1>
<p>This is a stand-in for Procore, running on your machine. ${vendors.length} vendors, ${synced} of them synced;
${requests} API requests so far, ${writes} of them writes.</p>
<table><thead><tr><th>Project</th><th>Name</th><th class="n">Direct costs</th><th class="n">Total</th><th class="n">In the budget</th></tr></thead>
<tbody>${all.projects.map(projectRow).join('')}</tbody>
<tfoot><tr><td colspan="3">All projects</td><td class="n">${money(all.total)}</td><td class="n">${money(all.budgetTotal)}</td></tr></tfoot></table>
${open ? projectDetails(open) : '<p>Choose a project to see its direct costs.</p>'}
</body></html>`;
}

const style = `body{font:15px/1.5 system-ui,sans-serif;max-width:75em;margin:2em auto;padding:0 1em;color:#222}
table{border-collapse:collapse;width:100%;margin:1em 0}th,td{padding:.25em .6em;text-align:left;border-bottom:1px solid #ddd;vertical-align:top}
.n{text-align:right;font-variant-numeric:tabular-nums}tr.line td{border:0;color:#555;padding-top:0}tfoot td{font-weight:bold}
.draft{color:#999}`;

function projectRow(project: ProjectView): string {
	const link = `<a href="/?project=${encodeURIComponent(project.project_number)}">${escapeHtml(project.project_number)}</a>`;
	return `<tr><td>${link}</td><td>${escapeHtml(project.name)}</td><td class="n">${project.directCosts.length}</td><td class="n">${money(project.total)}</td><td class="n">${money(project.budgetTotal)}</td></tr>`;
}

function projectDetails(project: ProjectView): string {
	return `<h2>${escapeHtml(project.project_number)} ${escapeHtml(project.name)}: direct costs</h2>
<table><thead><tr><th>Invoice</th><th>Vendor</th><th>Date</th><th>Status</th><th>Cost code</th><th>Description</th><th class="n">Amount</th></tr></thead>
<tbody>${project.directCosts.map(costRows).join('')}</tbody></table>`;
}

function costRows(cost: CostView): string {
	const cells = [cost.invoice_number, cost.vendor_name, cost.direct_cost_date, cost.status];
	const head = `<tr class="${cost.status === 'draft' ? 'draft' : ''}">${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}<td></td><td>${escapeHtml(cost.description)}</td><td class="n"><b>${money(cost.grand_total)}</b></td></tr>`;
	const lines = cost.line_items.map(
		(line) =>
			`<tr class="line"><td colspan="4"></td><td>${escapeHtml(line.wbs_code.flat_code)}</td><td>${escapeHtml(line.description)}</td><td class="n">${money(line.amount)}</td></tr>`,
	);
	return head + lines.join('');
}

/** "1234567.5" → "1,234,567.50"; text only, so no amount is ever rounded through a float. */
function money(amount: string): string {
	const [whole, places = ''] = amount.split('.');
	const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
	return `${grouped}.${places.padEnd(2, '0')}`;
}
