import { NodeOperationError } from 'n8n-workflow';
import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { EMPTY_WATERMARK, type Watermark } from '../../../lib/model/gp-changes';
import type { GpClient } from '../../../lib/gp/gp-client';
import type { GpRecord } from '../../../lib/model/gp-records';
import { n8nEffects } from '../../shared/effects';
import { toItem } from '../../shared/item-kinds';
import { toNodeError } from '../../shared/to-node-error';
import { faultAsOutcome } from '../actions/requested';
import type { GpConnectionOptions } from '../transport/gp-connection';
import { noteLogin, refuseRemembered } from '../transport/rejected-logins';
import { connectForPoll, listRowsOnly, readNew, sampleRecord } from './read-new';
import { loadPosition, savePosition, startingPoint } from './position';
import { readSettings, type TriggerSettings } from './settings';

/**
 * Rows remembered within the overlap, about 45 characters each: they live in the row of the
 * workflow, which n8n writes whole.
 */
const MOST_REMEMBERED = 10_000;
/** Of the time n8n gives a poll, so that the step under way can still end. */
const SHARE_OF_BUDGET = 0.5;
const USUAL_BUDGET_MS = 300_000;

/** Nodes being polled in this process: n8n does not wait for a slow poll before the next. */
const underWay = new Set<string>();

/** One poll of the trigger: the changed records, or null when there are none. */
export async function poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const isManual = this.getMode() === 'manual';
	const lane = `${this.getWorkflow().id}:${this.getNode().id}`;
	if (!isManual && underWay.has(lane)) {
		this.logger.info('Dynamics GP is still being read by the poll before, so this one is left out');
		return null;
	}
	if (!isManual) underWay.add(lane);
	try {
		return await readOnce(this, isManual);
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	} finally {
		if (!isManual) underWay.delete(lane);
	}
}

async function readOnce(context: IPollFunctions, isManual: boolean) {
	const credential = await context.getCredentials('dynamicsGpApi');
	const settings = readSettings(context, credential);
	const stored = context.getWorkflowStaticData('global');
	if (!isManual) refuseRemembered(context.getNode(), credential, stored);
	/** Every use of GP goes through here: the connection is closed and the login's fate noted. */
	const using = async <Result>(
		options: GpConnectionOptions,
		use: (client: GpClient, companyId: string) => Promise<Result>,
	) => {
		const connection = connectForPoll(context, credential, options);
		try {
			const result = await use(connection.client, connection.companyId);
			noteLogin(credential, null, stored);
			return result;
		} catch (error) {
			noteLogin(credential, error, stored);
			throw toNodeError(context.getNode(), error);
		} finally {
			connection.close();
		}
	};
	return isManual
		? await giveSample(context, settings, using)
		: await giveNew(context, settings, using);
}

type Using = <Result>(
	options: GpConnectionOptions,
	use: (client: GpClient, companyId: string) => Promise<Result>,
) => Promise<Result>;

async function giveSample(context: IPollFunctions, settings: TriggerSettings, using: Using) {
	const sample = await using(
		listRowsOnly(settings),
		async (lists) =>
			await using(
				settings.options,
				async (details) => await sampleRecord(lists, details, settings),
			),
	);
	if (sample) return [[recordItem(sample, settings)]];
	throw new NodeOperationError(context.getNode(), 'No record in GP passes the filters', {
		description: 'Loosen the filters or the start date to see a sample. Polls do not fail on this.',
	});
}

async function giveNew(context: IPollFunctions, settings: TriggerSettings, using: Using) {
	const { startWith, startDate, identity, stream, listing } = settings;
	const staticData = context.getWorkflowStaticData('node');
	const keep = (watermark: Watermark, cursor: string | null) => {
		refuseTooMany(context, watermark);
		savePosition(staticData, { of: identity, stream, watermark, cursor, cursorOf: listing });
	};

	let position = loadPosition(staticData, settings);
	if (!position && startWith === 'now') {
		const start = await using(
			listRowsOnly(settings),
			async (client) => await startingPoint(client, settings.entity, n8nEffects.now()),
		);
		keep(start, null);
		return null;
	}
	position ??= {
		of: identity,
		watermark: startDate === null ? EMPTY_WATERMARK : { since: startDate, seen: {} },
		cursor: null,
		cursorOf: listing,
	};
	const { watermark } = position;
	const cursor = position.cursorOf === listing ? position.cursor : null;

	const end = n8nEffects.now() + budgetOf(context) * SHARE_OF_BUDGET;
	const isTimeUp = () => n8nEffects.now() >= end;
	return await using(settings.options, async (client, companyId) => {
		const found = await readNew(client, settings, { watermark, cursor }, isTimeUp);
		const items = [
			...found.records.map((record) => recordItem(record, settings, found.notProven)),
			...found.faults.map((fault) => toItem(faultAsOutcome(fault, settings.entity, companyId))),
		];
		if (found.notProven !== '')
			context.logger.warn(
				`What Dynamics GP listed is not proven complete: ${found.notProven}. Run Survey (Service) of the Dynamics GP node and use the profile it proposes.`,
			);
		keep(found.watermark, found.cursor);
		return items.length > 0 ? [items] : null;
	});
}

function recordItem(record: GpRecord, { simplify }: TriggerSettings, why = ''): INodeExecutionData {
	const { extra: _extra, ...known } = record;
	return toItem({ ...(simplify ? known : record), ...(why === '' ? {} : { notProven: why }) });
}

/** Forgetting some would hand them out again with every poll, without end. */
function refuseTooMany(context: IPollFunctions, { seen }: Watermark): void {
	const count = Object.keys(seen).length;
	if (count <= MOST_REMEMBERED) return;
	throw new NodeOperationError(
		context.getNode(),
		`This trigger would have to remember ${count} records, and can remember ${MOST_REMEMBERED}`,
		{
			description:
				'Either the site has no change stamp, or very many records carry the same date. Name a stamp field in the profile override if there is one, or use the Dynamics GP node with Get Changes on a schedule and keep the watermark in a Data Table. After a mass change of one day, rename this node: it then begins anew.',
		},
	);
}

/** n8n releases before polls had a budget know no such function. */
function budgetOf(context: IPollFunctions): number {
	return 'getPollBudgetMs' in context ? context.getPollBudgetMs() : USUAL_BUDGET_MS;
}
