import type { CellObject } from '@e965/xlsx';
import { RUN_NOW } from '../../../sandbox/start/session';
import { errorText, type Execution } from '../../../sandbox/n8n/executions';
import { changeGp, submitForm, waitUntil } from '../support';
import { csvCells, downloadOf, xlsxCells } from './exports';
import type { Carrier } from './fill-in';
import { HOSTILE } from './hostile';
import type { Place } from './secrets';
import {
	PAGE_LOGIN,
	procoreAdmin,
	WRONG_CLIENT_SECRET,
	WRONG_GP_PASSWORD,
	type World,
} from './world';

/** Number of the invoice that Procore refuses until it is replayed. */
const REFUSED = 'C4N-REFUSED';

/** What a story left behind outside n8n's own storage. */
export interface Told {
	/** HTML of every page that was looked at. */
	pages: Place[];
	/** What people read of the executions that failed. */
	errors: string[];
	csv: string[];
	xlsx: CellObject[];
}

/** Everything that can happen to records and logins in the life of the set, once. */
export async function liveThrough(world: World, carriers: Carrier[]): Promise<Told> {
	const { session } = world;
	const { workflows } = session.n8n;
	const { gp, procore } = session.credentials;
	const pages: Place[] = [];
	await run(world, 'gpp-setup', 'Set up now');
	await run(world, 'gpp-sync', RUN_NOW);

	await changeRecords(world, carriers, world.noteTokens());
	await procoreAdmin(session, 'POST', 'expire-tokens');
	await run(world, 'gpp-sync', RUN_NOW);

	await procoreAdmin(session, 'DELETE', 'faults');
	const form = ['The records named below', [REFUSED, HOSTILE.script, HOSTILE.link].join('\n')];
	const rest = ['', '', 'Any', '', 'Read again from GP', HOSTILE.attribute];
	const answer = await submitForm(session, 'gpp-replay-form', [...form, ...rest], PAGE_LOGIN);
	pages.push({ name: 'the answer to a replay', text: answer });
	await run(world, 'gpp-reconcile', RUN_NOW);

	const errors: string[] = [];
	await procoreAdmin(session, 'POST', 'expire-tokens');
	await workflows.changeCredential(procore, { clientSecret: WRONG_CLIENT_SECRET });
	errors.push(errorText(await run(world, 'gpp-sync', RUN_NOW, 'error')));
	await workflows.changeCredential(procore, { clientSecret: procore.data.clientSecret });
	await workflows.changeCredential(gp, { password: WRONG_GP_PASSWORD });
	await submitForm(session, 'gpp-sync-form', ['No, write to Procore'], PAGE_LOGIN);
	await waitUntil('the alert', async () => world.messages.length > 0);
	await workflows.changeCredential(gp, { password: gp.data.password });
	world.noteTokens();
	const failed = await session.n8n.executions.list({ status: 'error', includeData: true });
	errors.push(...failed.map(errorText));
	await run(world, 'gpp-errors', 'Check now');
	await run(world, 'gpp-housekeeping', 'Clean up now');

	const files = { csv: [] as string[], xlsx: [] as CellObject[] };
	for (const what of EXPORTED) {
		const file = async (type: string) =>
			downloadOf(await submitForm(session, 'gpp-export-form', [what, type, '', ''], PAGE_LOGIN));
		files.csv.push(...csvCells((await file('CSV')).toString('utf8')));
		files.xlsx.push(...xlsxCells(await file('Excel')));
	}
	pages.push(...(await visitAll(world, carriers)));
	return { pages, errors, ...files };
}

const EXPORTED = [
	'Events: what became of each record',
	'Runs',
	'Parked records: what waits',
	'Check of the audit trail',
];

/** One amount is corrected, one document voided, and one added that Procore refuses, repeating what it was sent. */
async function changeRecords({ session }: World, carriers: Carrier[], token: string) {
	const [edited, voided] = carriers;
	const posted = { key: `1;${edited.sent}`, purchases: '222.22', posted: true };
	await changeGp(session, '/invoices/amount', posted);
	await changeGp(session, '/vouchers/void', { key: `1;${voided.sent}` });
	await changeGp(session, '/invoices/add', {
		...{ documentNumber: REFUSED, state: 'open', description: HOSTILE.script },
		lines: [{ account: '300-5130-02', amount: '5.00' }],
	});
	const echo = `Authorization: Bearer ${token}, client_secret=${session.procore.clientSecret}&x=1`;
	await procoreAdmin(session, 'POST', 'faults', {
		...{ method: 'PATCH', path: 'direct_costs/sync', bodyIncludes: REFUSED },
		action: {
			...{ kind: 'status', status: 422 },
			body: { errors: { description: [`cannot hold ${HOSTILE.script} (${echo})`] } },
		},
	});
}

async function run(
	{ session }: World,
	template: string,
	trigger: string,
	expected = 'success',
): Promise<Execution> {
	const { workflows, executions } = session.n8n;
	const id = await workflows.run(session.workflows[template], trigger);
	const execution = await executions.wait(id);
	if (execution.status !== expected)
		throw new Error(`${template} ended with ${execution.status}: ${errorText(execution)}`);
	return execution;
}

/** Texts the pages are asked for with, unless all are wanted. */
const SAMPLE: string[] = [HOSTILE.script, HOSTILE.attribute, HOSTILE.quotes, HOSTILE.wildcards];

/** Each page of the dashboard as it is, and asked for with hostile texts. */
async function visitAll({ session }: World, carriers: Carrier[]): Promise<Place[]> {
	const { user, password } = PAGE_LOGIN;
	const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
	const runs = await session.n8n.tables.rows<{ run_id: string }>('gpp_run');
	const story = (key: string, entity = 'payable') => ({
		page: 'story',
		entity,
		company: 'TWO',
		key,
	});
	const [first] = carriers;
	const asked = process.env.ALL_TEXTS
		? carriers
		: carriers.filter(({ text }) => SAMPLE.includes(text));
	const questions: Array<Record<string, string>> = [
		...['overview', 'waiting', 'runs', 'reconciliation'].map((page) => ({ page })),
		...runs.slice(0, 3).map(({ run_id }) => ({ page: 'run', run: run_id })),
		...asked.map(({ parked }) => story(`1;${parked}`)),
		...[story(`1;${first.sent}`), story(first.vendorId, 'vendor')],
		...asked.map(({ text }) => ({ page: 'search', q: text })),
		...asked.map(({ text }) => ({
			...{ page: text, entity: text, company: text, key: text, run: text },
			...{ outcome: text, notice: text, project: text, before: text, after: text },
		})),
		...asked.map(({ text }) => ({ ...story(text), company: text, project: text })),
	];
	const pages: Place[] = [];
	for (const question of questions) {
		const query = new URLSearchParams(question).toString();
		const address = `${session.n8n.url}/webhook/gpp-dashboard?${query}`;
		const answer = await fetch(address, { headers: { authorization } });
		pages.push({ name: `page ?${query}`, text: await answer.text() });
		if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
	}
	return pages;
}
