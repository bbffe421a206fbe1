import { createHash } from 'node:crypto';
import type { DataTables } from './data-tables';

type Row = Record<string, string | number | boolean>;

export interface History {
	runs: Row[];
	events: Row[];
	parked: Row[];
	watermarks: Row[];
	alerts: Row[];
	reconciliation: Row[];
	jobs: Row[];
}

export interface HistoryOptions {
	/** How many events in all; spread over the runs. */
	events: number;
	/** Hourly runs, the last one a few minutes ago. */
	runs: number;
	/** Milliseconds since 1970. */
	now: number;
	/** Records that wait. */
	waiting?: number;
}

const COMPANY = 'TWO';
const HOUR = 3_600_000;
export const STORY_VOUCHER = 388;
const PROJECTS = ['North Tower', 'Harbour Bridge', 'School 12', 'Mill Street Flats', 'Depot East'];
const VENDORS = [
	['ACME0001', 'Acme Concrete'],
	['BLUER001', 'Blue Ridge Steel'],
	['CASCA001', 'Cascade Plumbing'],
	['DELTA001', 'Delta Electric'],
	['EVERG001', 'Evergreen Roofing'],
	['FALCO001', 'Falcon Rentals'],
];

/** What waits, why and what to do, as the mapping and the sync say it. */
const REASONS = [
	[
		...['job-without-project', 'J:310'],
		'No Procore project is linked to GP job 310',
		'Fill in procore_project_id for job 310 in gpp_project_crosswalk, or set its action to skip.',
	],
	[
		...['cost-code-missing', 'C:9001/5110'],
		'Project 9001 has no cost code 5110.',
		'Run the GL accounts sync for this project, or map the account to an existing cost code in the accounts crosswalk table.',
	],
	[
		...['foreign-origin-id', 'V:BLUER001'],
		'The vendor is not in Procore, and its name is taken by another one.',
		'Link the vendor by hand: add its Procore id to gpp_vendor_crosswalk.',
	],
];

/**
 * Tables as they look after months of use, the same for the same options: for pictures and
 * measurements. Nothing of it came from GP or is in Procore.
 */
export function believableHistory({ events, runs, now, waiting = 7 }: HistoryOptions): History {
	const random = seeded();
	const first = Math.floor(now / HOUR) * HOUR - (runs - 1) * HOUR;
	const history: History = {
		...{ runs: [], events: [], parked: parkedRows(now, waiting) },
		...{ watermarks: watermarks(now), alerts: alerts(now), reconciliation: reconciliation(now) },
		jobs: jobs(),
	};
	let voucher = 400;
	for (let index = 0; index < runs; index++) {
		const at = first + index * HOUR;
		const busy = new Date(at).getUTCHours() >= 7 && new Date(at).getUTCHours() <= 17;
		const left = events - history.events.length;
		const weight = Math.ceil((left / (runs - index)) * (busy ? 1.6 : 0.5) * random());
		const size = index === runs - 1 ? left : Math.min(left, weight);
		const run = `run-${String(index + 1).padStart(5, '0')}`;
		const counts = { created: 0, updated: 0, unchanged: 0, parked: 0, failed: 0, voided: 0 };
		for (let place = 1; place <= size; place++) {
			const event = eventRow({ at, run, place, voucher: voucher++, random });
			counts[event.outcome as keyof typeof counts]++;
			history.events.push(event);
		}
		history.runs.push(runRow({ at, run, index, size, counts, random }));
	}
	history.events.push(...storyOfOneVoucher(first, history.events.at(-1)!, now));
	return history;
}

/** An invoice that was refused twice, replayed and then changed: key `1;00000000000000388`. */
function storyOfOneVoucher(first: number, like: Row, now: number): Row[] {
	const number = String(STORY_VOUCHER).padStart(17, '0');
	const procoreId = '500388';
	const [code, message, remedy] = REASONS[1]!;
	const step = (hoursAgo: number, given: Row): Row => ({
		...{ ...like, gp_key: `1;${number}`, gp_label: labelOf(STORY_VOUCHER, 'BLUER001') },
		...{ at: new Date(Math.max(first, now - hoursAgo * HOUR)).toISOString(), changes: '' },
		...{ origin_id: `GP:${COMPANY}:PM:1:${number}:P:9002`, procore_project_id: '9002' },
		...{ gp_amount: '18450.00', run_id: 'run-00700', batch_id: 'run-00700/2', sequence: 14 },
		touches: `|V:BLUER001|VOUCHER:${number}|DOC:INV-388|J:301|A:301-5110-02|P:9002|`,
		...given,
	});
	const failed = {
		...{ outcome: 'failed', reason_code: code!, message: message!, remedy: remedy! },
		...{ procore_id: '', procore_link: '', procore_amount: '0', request_id: 'c2f1-77aa-01' },
	};
	const done = {
		...{ reason_code: '', message: '', remedy: '', procore_id: procoreId, request_id: '' },
		procore_link: `https://app.procore.com/9002/project/direct_costs/${procoreId}`,
	};
	return [
		step(75, { ...failed, attempt: 1 }),
		step(74, { ...failed, attempt: 2 }),
		step(50, {
			...{ ...done, outcome: 'created', attempt: 3, replay_of: '12' },
			procore_amount: '18450.00',
		}),
		step(3, {
			...{ ...done, outcome: 'updated', attempt: 1 },
			...{ gp_amount: '18950.00', procore_amount: '18950.00' },
			changes: JSON.stringify([
				{ field: 'amount', before: '18450.00', after: '18950.00' },
				{ field: 'description', before: 'Steel, phase 1', after: 'Steel, phase 1 and 2' },
			]),
		}),
	];
}

/** Puts a history into tables that are there and empty. */
export async function fillTables(tables: DataTables, history: History): Promise<void> {
	const target = {
		...{ runs: 'gpp_run', events: 'gpp_event', parked: 'gpp_parked' },
		...{ watermarks: 'gpp_watermark', alerts: 'gpp_alert', reconciliation: 'gpp_reconciliation' },
		jobs: 'gpp_project_crosswalk',
	};
	for (const [name, table] of Object.entries(target)) {
		const rows = history[name as keyof History];
		for (let from = 0; from < rows.length; from += 1000) {
			await tables.insert(table, rows.slice(from, from + 1000));
		}
	}
}

function eventRow(given: {
	at: number;
	run: string;
	place: number;
	voucher: number;
	random: () => number;
}): Row {
	const { at, run, place, voucher, random } = given;
	const [vendor, name] = VENDORS[Math.floor(random() * VENDORS.length)]!;
	const project = Math.floor(random() * PROJECTS.length);
	const number = String(voucher).padStart(17, '0');
	const amount = (Math.floor(random() * 2_000_000) / 100).toFixed(2);
	const chance = random();
	const outcome =
		chance < 0.6 ? 'created' : chance < 0.8 ? 'updated' : chance < 0.97 ? 'unchanged' : 'parked';
	const [code, , message, remedy] =
		outcome === 'parked' ? REASONS[voucher % REASONS.length]! : ['', '', '', ''];
	return {
		...{ at: new Date(at + 10_000).toISOString(), entity: 'payable', gp_company: COMPANY },
		...{ gp_key: `1;${number}`, gp_label: labelOf(voucher, vendor!), gp_state: 'open', outcome },
		...{ reason_code: code!, message: message!, remedy: remedy! },
		...{ procore_type: 'directCost', procore_id: String(500_000 + voucher) },
		procore_project_id: String(9001 + project),
		origin_id: `GP:${COMPANY}:PM:1:${number}:P:${9001 + project}`,
		...{ gp_amount: amount, procore_amount: outcome === 'parked' ? '0' : amount },
		rule: 'segment 1 = project number',
		changes:
			outcome === 'updated'
				? JSON.stringify([{ field: 'amount', before: '100.00', after: amount }])
				: '',
		source_hash: createHash('md5').update(number).digest('hex').slice(0, 24),
		...{ run_id: run, execution_id: String(1000 + place), batch_id: `${run}/1` },
		mapping_version: 'b7c1d2e3f4a5',
		procore_link: `https://app.procore.com/${9001 + project}/project/direct_costs/${500_000 + voucher}`,
		touches: `|V:${vendor}|VOUCHER:${number}|J:${300 + project}|A:${300 + project}-5110-02|P:${9001 + project}|`,
		lines: JSON.stringify([
			['5110', 'M', amount, 'as agreed with the foreman'],
			['5120', 'L', '0.00', 'labor'],
		]),
		vendor_name: name!,
		...{ attempt: 1, sequence: place, dry_run: false },
	};
}

function runRow(given: {
	at: number;
	run: string;
	index: number;
	size: number;
	counts: Record<string, number>;
	random: () => number;
}): Row {
	const { at, run, index, size, counts, random } = given;
	const seconds = 6 + Math.round(size * 0.05 + random() * 12);
	const failed = index % 97 === 40;
	return {
		...{ run_id: run, status: failed ? 'failed' : 'success' },
		started_at: new Date(at).toISOString(),
		finished_at: new Date(at + seconds * 1000).toISOString(),
		...{ start_kind: index % 41 === 7 ? 'replay' : 'schedule', dry_run: false },
		...{ gp_company: COMPANY, read_from: 'watermark', ...counts, adopted: 0, skipped: 0 },
		parked: 4 + Math.floor(random() * 3),
		...{ gp_amount: '48210.55', procore_amount: '46960.05' },
		...{ vendors: '{"read":0}', accounts: '{"read":0}' },
		payables: JSON.stringify({ read: size, ...counts }),
		execution_id: String(1000 + index),
		...{ read: size, calls: 8 + Math.floor(size / 20), waited_ms: 0, duration_s: seconds },
		...{ events: size, error: failed ? 'Procore did not answer: connection reset.' : '' },
	};
}

function parkedRows(now: number, count: number): Row[] {
	return Array.from({ length: count }, (_, index) => {
		const [code, causeKey, message, remedy] = REASONS[index % REASONS.length]!;
		const [vendor, vendorName] = VENDORS[index % VENDORS.length]!;
		const voucher = 417 + index * 3;
		return {
			...{ entity: 'payable', gp_company: COMPANY, reason_code: code!, message: message! },
			cause_key: causeKey!,
			gp_key: `1;${String(voucher).padStart(17, '0')}`,
			gp_label: labelOf(voucher, vendor!),
			...{ remedy: remedy!, tries: 2 + (index % 30), run_id: 'run-00001' },
			payload: payloadOf(vendorName!, (1250.5 * (index + 1)).toFixed(2)),
			first_parked_at: new Date(now - (2 + (index % 100) * 5) * HOUR).toISOString(),
			last_tried_at: new Date(now - HOUR / 3).toISOString(),
			gp_amount: (1250.5 * (index + 1)).toFixed(2),
		};
	});
}

/** A document as a waiting row keeps it: as long as most are. */
function payloadOf(vendorName: string, debit: string): string {
	const line = { type: 'purchase', debit, credit: '0', reference: 'as agreed with the foreman' };
	return JSON.stringify({
		...{ kind: 'payable', company: COMPANY, documentType: 'invoice', vendorName },
		distributions: Array.from({ length: 8 }, (_, index) => ({
			...{ ...line, sequence: (index + 1) * 16384, account: '310-5110-02' },
		})),
	});
}

function alerts(now: number): Row[] {
	return [
		{
			...{ condition: 'parked-records', gp_company: COMPANY, severity: 'warning' },
			subject: '7 records wait',
			message: 'Most of them for one thing: job 310 has no Procore project.',
			remedy: 'Fill in procore_project_id for job 310 in gpp_project_crosswalk.',
			first_at: new Date(now - 26 * HOUR).toISOString(),
			last_at: new Date(now - HOUR / 3).toISOString(),
			...{ notified_at: '', run_id: '', link: '', times: 26, level: 7 },
		},
	];
}

function jobs(): Row[] {
	const row = (number: number, name: string, id: string) => ({
		...{ gp_company: COMPANY, gp_job: String(number), gp_job_name: name, action: 'send' },
		...{ procore_project_id: id, procore_project_name: id && name },
		note: id === '' ? 'no project is alike' : 'linked: same number',
	});
	const linked = PROJECTS.map((name, index) => row(300 + index, name, String(9001 + index)));
	return [...linked, row(310, '', '')];
}

function watermarks(now: number): Row[] {
	return ['vendor', 'account', 'payable'].map((entity) => ({
		...{ entity, gp_company: COMPANY, seen: '{}', run_id: 'run-00001' },
		modified_since: new Date(now - 12 * HOUR).toISOString().slice(0, 10),
		updated_at: new Date(now - HOUR / 3).toISOString(),
	}));
}

function reconciliation(now: number): Row[] {
	const at = new Date(Math.floor(now / HOUR) * HOUR - 4 * HOUR).toISOString();
	const row = (row_kind: string, gp: number, waits: number, given: Row = {}) => ({
		...{ at, gp_company: COMPANY, row_kind, run_id: '4711', procore_project_id: '' },
		...{ project: '', cost_code: '', vendor: '', month: '', cause: '', remedy: '' },
		...{ gp_amount: gp.toFixed(2), procore_amount: (gp - waits).toFixed(2) },
		...{ difference: waits.toFixed(2), explained: waits ? `parked ${waits.toFixed(2)}` : '' },
		...{ unexplained: '0.00', ...given },
	});
	const projects = PROJECTS.map((project, index) =>
		row('project', 812_400.25 * (index + 1), index === 1 ? 35_014 : 0, {
			...{ project, procore_project_id: String(9001 + index) },
		}),
	);
	const vendors = VENDORS.map(([, vendor], index) =>
		row('vendor', 2_031_000.625 * 1, index === 0 ? 35_014 : 0, { vendor: vendor! }),
	);
	return [row('total', 12_186_003.75, 35_014), ...projects, ...vendors];
}

function labelOf(voucher: number, vendor: string): string {
	return `Invoice INV-${voucher} of ${vendor}, voucher ${String(voucher).padStart(5, '0')}`;
}

/** Numbers in [0, 1), always the same ones. */
function seeded(): () => number {
	let state = 20_260_302;
	return () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 4_294_967_296;
	};
}
