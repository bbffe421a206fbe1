import { runStepsInTurns } from '../../../lib/http/read-body';
import { planCrosswalk, planReplay } from '../../../lib/report/acts/plan-acts';
import { readAct, replayToken } from '../../../lib/report/acts/read-act';
import { exportWorkbook } from '../../../lib/report/read/rows';
import { readQuestion } from '../../../lib/report/read/question';
import { renderPage } from '../../../lib/report/run-shown';
import { CANARY, type Kind } from '../case.types';
import { writtenOut } from './written-out';

const NOW = Date.parse('2026-11-29T10:00:00Z');
const LOGIN = `Basic ${Buffer.from(`clerk:${CANARY.password}`).toString('base64')}`;

interface VisitorInput {
	/** Query of the page's address. */
	query?: Record<string, unknown>;
	/** What a button sends; `token: true` puts in one that counts. */
	form?: Record<string, unknown>;
	/** Header of the request; the login of a clerk when absent. */
	authorization?: string;
	/** Cells of every row of every table. */
	cell?: unknown;
	rows?: number;
}

const TABLES = [
	...['runs', 'events', 'parked', 'watermarks', 'requests', 'alerts', 'totals', 'breakdowns'],
	...['differences', 'jobs', 'accounts', 'vendors', 'log'],
];
const COLUMNS = [
	...['run_id', 'execution_id', 'execution_link', 'entity', 'gp_company', 'gp_key', 'gp_label'],
	...['outcome', 'reason', 'reason_code', 'remedy', 'rule', 'touches', 'procore_link', 'changes'],
	...['subject', 'message', 'link', 'condition', 'severity', 'status', 'error', 'started_at', 'at'],
	...['cause_key', 'gp_amount', 'procore_amount', 'payload', 'gp_job', 'gp_job_name', 'gp_account'],
	...[
		'gp_vendor_id',
		'procore_project_id',
		'cost_code',
		'cost_type',
		'action',
		'note',
		'by',
		'act',
	],
	...[
		'before',
		'after',
		'row_kind',
		'project',
		'vendor',
		'month',
		'first_seen_at',
		'last_tried_at',
	],
];

/** What somebody with the login, or a web site with theirs, can ask of the page and press on it. */
export const visitor: Kind = async ({ input, show }) => {
	const {
		query = {},
		form,
		authorization = LOGIN,
		cell = '',
		rows = 1,
	} = writtenOut(input) as VisitorInput;
	// Nothing but the export reads so many rows.
	const names = query.page === 'export' ? ['events', 'parked', 'differences'] : TABLES;
	const row = (id: number) => ({ id, ...Object.fromEntries(COLUMNS.map((name) => [name, cell])) });
	const tables: Record<string, object[]> = {};
	// The tables come from n8n: making them up is no work of the page's.
	for (const name of names) {
		const made: object[] = (tables[name] = []);
		while (made.length < rows) {
			made.push(row(made.length + 1));
			if (made.length % 500 === 0) await new Promise((resolve) => setImmediate(resolve));
		}
	}
	const now = new Date(NOW).toISOString();
	if (form) {
		const token = form.token === true ? replayToken(authorization, NOW) : form.token;
		const act = readAct({ ...form, token }, authorization, NOW);
		show(JSON.stringify(act).replaceAll('\\u001b', '\u001b'));
		if (!act.accepted) return `refused ${act.status}`;
		if (act.act === 'crosswalk') show(planCrosswalk(act.choice, tables, now));
		if (act.act === 'replay') show(planReplay(act.order, tables, now));
		return 'accepted';
	}
	const token = replayToken(authorization, NOW);
	const question = readQuestion(query, now);
	if (query.page === 'export') {
		const { bytes } = await runStepsInTurns(exportWorkbook(question, tables, now));
		if (bytes.length > 300_000_000) throw new Error(`a file of ${bytes.length} bytes`);
		return 'exported';
	}
	const html = renderPage({ question, tables, now, token, linkHosts: 'procore.com' });
	show(html);
	const tags = html.replace(/"[^"]*"/g, '""');
	const active = /<(?:script|iframe|object|embed|img|base|svg[^>]* on)|<[a-z][^>]*\son[a-z]+=/i;
	if (active.test(tags)) throw new Error(`an element that acts: ${active.exec(tags)![0]}`);
	const link = [...html.matchAll(/\b(?:href|action|src)="([^"]*)"/g)].find(
		([, to]) => !/^(?:[?#]|https:\/\/[a-z0-9.]*procore\.com\/|\/|$)/i.test(to),
	);
	if (link) throw new Error(`a link that leads elsewhere: ${link[1].slice(0, 100)}`);
	if (html.length > 30_000_000) throw new Error(`a page of ${html.length} signs`);
	return 'drawn';
};
