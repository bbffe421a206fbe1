import type { GpDistribution, GpPayable } from '../../lib/model/gp-records';
import { CROSSWALK, documentAt, PROJECTS } from './books';

interface Item {
	json: Record<string, unknown>;
}

/**
 * As a workflow of standard nodes does it: one item per distribution, copied from node to node, and
 * per item an expression that looks through all rows of a table. Plain JavaScript without n8n's own
 * cost per expression, so the figure flatters it. It also skips what the mapping does besides:
 * charges, rules, cents, parked documents, audit.
 */
export function mapAndPlanPerItem(documents: number): { lines: number; costs: number } {
	let items: Item[] = [];
	for (let index = 0; index < documents; index++) {
		const { distributions, ...header } = documentAt(index);
		for (const line of distributions) {
			if (line.type !== 'payable') items.push({ json: { ...header, ...line } });
		}
	}
	const copy = (item: Item): Item => JSON.parse(JSON.stringify(item)) as Item;
	items = items.map(copy).map((item) => set(item, { job: jobOf(item.json as never) }));
	items = items.map(copy).map((item) =>
		set(item, {
			project:
				CROSSWALK.projects.find((row) => row.gp_job === item.json.job)?.procore_project_id ??
				PROJECTS.find((project) => project.projectNumber === item.json.job)?.id,
		}),
	);
	items = items.map(copy).map((item) => {
		const row = CROSSWALK.accounts.find(({ gp_account }) => gp_account === item.json.account);
		const [, code, type] = String(item.json.account).split('-');
		return set(item, { costCode: row?.cost_code ?? code, costType: row?.cost_type ?? type });
	});
	const costs: Array<{ originId: string; lines: Item[] }> = [];
	for (const item of items.map(copy)) {
		const originId = `GP:TWO:PM:1:${String(item.json.voucher)}:P:${String(item.json.project)}`;
		const known = costs.findLast((cost) => cost.originId === originId);
		if (known) known.lines.push(item);
		else costs.push({ originId, lines: [item] });
	}
	return { lines: items.length, costs: costs.length };
}

function set(item: Item, fields: Record<string, unknown>): Item {
	return { json: { ...item.json, ...fields } };
}

function jobOf({ account, reference }: GpPayable & GpDistribution): string | null {
	const [segment] = account.split('-');
	if (segment !== '000') return segment;
	return new RegExp('\\bJOB[ #-]*(\\w*\\d\\w*)', 'i').exec(reference ?? '')?.[1] ?? null;
}
