import type { INodeExecutionData } from 'n8n-workflow';

import type { GpClient } from '../../../../lib/gp/gp-client';
import { runStepsInTurns } from '../../../../lib/http/read-body';
import { sameKey } from '../../../../lib/mapping/crosswalk-index';
import { monthOf } from '../../../../lib/mapping/direct-cost';
import {
	fillCrosswalks,
	unmetRows,
	unmetRowsOfLines,
} from '../../../../lib/mapping/suggest/fill-crosswalks';
import { isOpen, withAllAccepted } from '../../../../lib/mapping/suggest/finding-rows';
import { sampleOf } from '../../../../lib/mapping/suggest/propose-types';
import {
	findingsInWords,
	jobCounts,
	lookThrough,
} from '../../../../lib/mapping/suggest/setup-findings';
import type { Crosswalk, MappingInput } from '../../../../lib/mapping/types';
import { ConnectorError } from '../../../../lib/model/connector-error';
import type { Entity } from '../../../../lib/model/desired';
import {
	type ChangeBatch,
	type Completeness,
	notProven,
	together,
} from '../../../../lib/model/gp-changes';
import type { GpAccount, GpPayable, GpRecord, GpVendor } from '../../../../lib/model/gp-records';
import { connectionOptions } from '../../../DynamicsGp/descriptions/connection-options.description';
import { type GpConnection, openGpConnection } from '../../../DynamicsGp/transport/gp-connection';
import { connect } from '../../../Procore/transport/connect';
import { toItem } from '../../../shared/item-kinds';
import { type Operation, resource } from '../../../shared/operations';
import { crosswalkTables } from '../../descriptions/crosswalk.description';
import { lastMapping, mappingRowsProperty } from '../map/mapping-rows';
import { readMappingInput } from '../map/read-mapping-input';
import { allBatches } from '../all-batches';
import { findingRowsProperty, lookForPlaces } from './look-for-places';
import { readCandidates, readProjects } from './procore-candidates';

const suggest: Operation = {
	option: {
		name: 'Suggest',
		value: 'suggest',
		action: 'Suggest places and crosswalk rows',
		description:
			'Look through GP and Procore for where jobs and codes stand, and for jobs, accounts and vendors that have no row yet',
	},
	fields: [
		mappingRowsProperty,
		findingRowsProperty,
		...crosswalkTables('projects', 'accounts', 'vendors'),
		{
			displayName: 'Link From (%)',
			name: 'threshold',
			type: 'number',
			typeOptions: { minValue: 80, maxValue: 101 },
			default: 97,
			description:
				'How alike, in percent, a number or name must be for a row to be linked by itself. 97 links what differs in spelling only (legal form, abbreviation, punctuation); 101 links nothing.',
		},
		{
			displayName: 'Look Through Payables From',
			name: 'payablesFrom',
			type: 'string',
			default: '',
			placeholder: 'e.g. 2026-01',
			description:
				'Look in payables dated from this month on for where job, cost code and cost type stand, and for jobs and accounts. Empty looks through the chart of accounts alone, which shows no places.',
		},
		connectionOptions,
	],
	outputs: ['Projects', 'Accounts', 'Vendors', 'Summary', 'Findings'] as const,
	async execute() {
		const from = String(this.getNodeParameter('payablesFrom', 0, '') ?? '')
			.trim()
			.slice(0, 7);
		const threshold = Number(this.getNodeParameter('threshold', 0, 97)) / 100;
		const gp = await openGpConnection.call(this);
		try {
			const procore = await connect(this);
			const company = gp.companyId;
			const projects = await readProjects(procore);
			const read: Partial<Record<Entity, Completeness>> = {};
			let leftOut = 0;
			const list = async (entity: Entity) => {
				const { records, faults, completeness } = await gp.client.listWithFaults(entity);
				if (completeness) read[entity] = completeness;
				leftOut += faults.length;
				return records;
			};
			const accounts = (await list('account')) as GpAccount[];
			const vendors = (await list('vendor')) as GpVendor[];
			const rows = readMappingInput(this);
			const gather = sampleOf();
			gather.accounts(accounts);
			if (from !== '') {
				for await (const batch of payables(gp.client, lastMapping(this, company), from)) {
					gather.payables(batch.records as GpPayable[]);
					read.payable = together(read.payable, batch.checkpoint.completeness);
					leftOut += batch.faults?.length ?? 0;
				}
			}
			const sample = gather.sample();
			const looked = await lookForPlaces(this, { company, sample, projects, procore, from });
			const input: Omit<MappingInput, 'records'> = {
				...rows,
				projects,
				settings: looked.settings,
			};
			const unmet: Pick<Crosswalk, 'projects' | 'accounts'> = { projects: [], accounts: [] };
			const look = lookThrough(company, input);
			look.accounts(accounts);
			unmetRows(accounts, input, unmet);
			if (from !== '') {
				look.payables(sample);
				unmetRowsOfLines(company, sample.lines, input, unmet);
			}
			const jobs = [...input.crosswalk.projects, ...unmet.projects];
			const filled = await runStepsInTurns(
				fillCrosswalks({
					...input,
					company,
					accounts,
					vendors,
					jobsAndAccounts: unmet,
					procore: await readCandidates(procore, projects, jobs, looked),
					...(looked.proposal ? { proposed: looked.proposal } : {}),
					automaticFrom: threshold,
				}),
			);
			const ofThisCompany = input.crosswalk.projects.filter((row) =>
				sameKey(row.gp_company, company),
			);
			const jobsNow = jobCounts([...ofThisCompany, ...filled.projects]);
			const findings = look.findings(filled.projects);
			const doubts = [notProven(read), ...procore.doubts].filter(Boolean).join(' · ');
			const words = findingsInWords({
				...findings,
				jobs: jobsNow,
				vendorsRead: vendors.length,
				vendorsAlike: filled.vendors.length,
				projectsRead: projects.length,
				rows: looked.rows,
				notProven: doubts,
				leftOut,
			});
			const toAccept = looked.rows.some(isOpen);
			const { projects: newJobs, accounts: newAccounts } = filled;
			const summary = {
				company,
				notProven: doubts,
				recordsLeftOut: leftOut,
				accountsRead: findings.accounts.read,
				accountsWithCostCode: findings.accounts.found,
				payablesRead: findings.payables,
				costLines: findings.lines.read,
				costLinesWithJobNumber: findings.linesWithNumber,
				costLinesOfDecidedJobs: findings.lines.found,
				jobsLinked: jobsNow.linked,
				jobsOpen: jobsNow.open,
				newJobs: newJobs.length,
				newAccounts: newAccounts.length,
				vendorsAlike: filled.vendors.length,
				linkedProjects: filled.linked.projects,
				linkedVendors: filled.linked.vendors,
				undecidedJobs: newJobs.length - filled.linked.projects,
				calls: { gp: gp.client.counters.requests, procore: procore.counters.calls },
				toAccept,
				// Rows made with places that nobody has accepted would decide: they are added once somebody has.
				held: toAccept ? { newJobs, newAccounts } : { newJobs: [], newAccounts: [] },
				accepted: withAllAccepted(looked.rows, looked.now),
			};
			return [
				items(toAccept ? [] : newJobs),
				items(toAccept ? [] : newAccounts),
				items(filled.vendors),
				items([{ ...summary, ...words }]),
				items(looked.rows),
			];
		} catch (error) {
			throw await nameOtherDoor(error, gp);
		} finally {
			gp.close();
		}
	},
};

/** Payables from a month on, in batches. */
function payables(
	client: GpClient,
	settings: MappingInput['settings'],
	from: string,
): AsyncGenerator<ChangeBatch, void, undefined> {
	const only = (record: GpRecord) => {
		const month = record.kind === 'payable' ? monthOf(record, settings) : '';
		return month === '' || month >= from;
	};
	return allBatches(client, 'payable', { only });
}

function items(list: object[]): INodeExecutionData[] {
	return list.map((one) => toItem(one, 0));
}

/** Nothing of GP stands behind the door that is set; a login that is refused says nothing of doors. */
const NOTHING_THERE = new Set([
	'GP_SERVICE_NOT_FOUND',
	'GP_RESOURCE_NOT_OFFERED',
	'GP_WEB_SERVICE_NOT_FOUND',
	'GP_OTHER_DOOR',
]);

/**
 * Setup is the first thing a site runs, so its door may be the wrong one: where nothing stands behind
 * it the others are tried, and the error says which of them is open.
 */
async function nameOtherDoor(error: unknown, gp: GpConnection): Promise<unknown> {
	if (!(error instanceof ConnectorError) || !NOTHING_THERE.has(error.code)) return error;
	try {
		const { proposal, advice } = await gp.survey();
		const named = proposal && advice.find((one) => one.includes(`"${proposal.serviceAddress}"`));
		if (named) error.details.remedy = `${named} ${error.remedy}`;
	} catch {
		// What setup failed with says more than that the other doors could not be tried either.
	}
	return error;
}

export const crosswalk = resource('crosswalk', 'suggest', [suggest]);
