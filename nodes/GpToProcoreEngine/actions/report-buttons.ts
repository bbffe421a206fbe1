import { NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions } from 'n8n-workflow';

import { planCrosswalk, planReplay, unreadForReplay } from '../../../lib/report/acts/plan-acts';
import {
	type CrosswalkChoice,
	type ReplayOrder,
	readAct,
	replayToken,
} from '../../../lib/report/acts/read-act';
import { readQuestion } from '../../../lib/report/read/question';
import { refusalPage } from '../../../lib/report/run-shown';
import { toItem } from '../../shared/item-kinds';
import type { Operation } from '../../shared/operations';
import { readObject, readRequired, readTables } from '../../shared/read-values';
import { tablesProperty } from '../../shared/rows-property';

interface WebhookCall {
	query: Record<string, unknown>;
	body: Record<string, unknown>;
	/** The visitor's login as it was sent; '' where the webhook asks for none. */
	authorization: string;
	/** What the browser says of its reader's language. */
	language: string;
}

/** What n8n's Webhook node puts out for a call. */
function webhookCall(context: IExecuteFunctions): WebhookCall {
	const [item] = context.getInputData();
	const { headers, query, body } = (item?.json ?? {}) as Record<string, unknown>;
	if (!isObject(headers)) {
		throw new NodeOperationError(context.getNode(), 'There is no webhook call in the input', {
			description: 'Connect this node directly to a Webhook node.',
		});
	}
	const { authorization, 'accept-language': language } = headers;
	return {
		query: isObject(query) ? query : {},
		body: isObject(body) ? body : {},
		authorization: typeof authorization === 'string' ? authorization : '',
		language: typeof language === 'string' ? language : '',
	};
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What does not count, with the page that says so. */
const refused = <Refused extends { message: string }>(given: Refused) => ({
	...given,
	page: refusalPage(given.message, new Date().toISOString()),
});

export const readQuestionStep: Operation = {
	option: {
		name: 'Read Question',
		value: 'readQuestion',
		action: 'Read what a visitor of the report asks for',
		description: 'Read the address of a page into checked values for table filters',
	},
	/** The login itself goes no further than this: what follows gets a token made from it. */
	async execute() {
		const now = Date.now();
		const { query, authorization, language } = webhookCall(this);
		const question = readQuestion(query, new Date(now).toISOString(), language);
		return [[toItem({ ...question, token: replayToken(authorization, now) }, 0)]];
	},
};

export const readReplay: Operation = {
	option: {
		name: 'Read Replay',
		value: 'readReplay',
		action: 'Read a pressed replay button',
		description:
			'Check that a button was pressed on a page made for this visitor, and read what it asks for',
	},
	async execute() {
		const { body, authorization } = webhookCall(this);
		const act = readAct(body, authorization, Date.now());
		return [[toItem(act.accepted ? act : refused(act), 0)]];
	},
};

export const planCrosswalkStep: Operation = {
	option: {
		name: 'Plan Crosswalk',
		value: 'planCrosswalk',
		action: 'Plan what a chosen crosswalk row changes',
		description: 'Turn a choice made on the page into a crosswalk row and requests',
	},
	fields: [
		{
			displayName: 'Choice',
			name: 'choice',
			type: 'json',
			default: '={{ $json.choice }}',
			required: true,
			description: 'What was chosen, as Read Replay gave it',
		},
		tablesProperty('jobs, accounts and vendors (the rows about it), events, parked and requests'),
	],
	/** One item: `found`, the crosswalk rows to upsert, the requests to insert, and where the browser goes on. */
	async execute() {
		const choice = readObject<CrosswalkChoice>(this, 'choice');
		if (choice === null) throw new NodeOperationError(this.getNode(), "There is no 'Choice'");
		const tables = readTables(this, 'tables');
		const plan = planCrosswalk(choice, tables, new Date().toISOString());
		if (typeof plan === 'string') {
			return [[toItem({ found: false, ...refused({ status: 409, message: plan }) }, 0)]];
		}
		return [[toItem({ found: true, kind: choice.kind, ...plan }, 0)]];
	},
};

export const planReplayStep: Operation = {
	option: {
		name: 'Plan Replay',
		value: 'planReplay',
		action: 'Plan what a replay button asks for',
		description: 'Turn a pressed button into rows of the requests table',
	},
	fields: [
		{
			displayName: 'Order',
			name: 'order',
			type: 'json',
			default: '={{ $json.order }}',
			required: true,
			description: 'What was pressed, as Read Replay gave it',
		},
		tablesProperty('parked, events and requests'),
	],
	/** One item: `found`, the rows to insert, and where the browser goes on. */
	async execute() {
		const order = readObject<ReplayOrder>(this, 'order');
		if (order === null) throw new NodeOperationError(this.getNode(), "There is no 'Order'");
		const tables = readTables(this, 'tables');
		const plan = planReplay(order, tables, new Date().toISOString());
		const unread = plan === null || plan.rows.length === 0 ? unreadForReplay(tables) : null;
		if (unread !== null)
			return [[toItem({ found: false, ...refused({ status: 409, message: unread }) }, 0)]];
		if (plan === null) {
			const message = 'No table knows this record. Open the page again: it may have changed.';
			return [[toItem({ found: false, ...refused({ status: 404, message }) }, 0)]];
		}
		return [[toItem({ found: true, ...plan }, 0)]];
	},
};

export const answer: Operation = {
	option: {
		name: 'Answer',
		value: 'answer',
		action: 'Say where the browser goes on',
		description:
			'After a button: to the page that says it was done, or that it waits for the next run',
	},
	fields: [
		{
			displayName: 'Plan',
			name: 'plan',
			type: 'json',
			default: '={{ $json }}',
			required: true,
			description: 'What the button asked for, with the addresses "started" and "queued"',
		},
	],
	/** One item: the plan; `started` is where to go, also when what was to be started could not be. */
	async execute() {
		const plan = readRequired<{ started: string; queued: string }>(this, 'plan');
		const [first] = this.getInputData();
		const started = first?.json.error ? plan.queued : plan.started;
		return [[toItem({ found: true, rows: [], start: false, ...plan, started }, 0)]];
	},
};
