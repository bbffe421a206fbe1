import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { runStepsInTurns } from '../../../../lib/http/read-body';
import { sameKey, text } from '../../../../lib/mapping/crosswalk-index';
import {
	findingRows,
	ofCompany,
	withAllAccepted,
	type FindingRow,
} from '../../../../lib/mapping/suggest/finding-rows';
import { projectsMet, propose } from '../../../../lib/mapping/suggest/propose';
import type {
	ProcoreNumbers,
	Proposal,
	Sample,
} from '../../../../lib/mapping/suggest/propose-types';
import type {
	AccountCrosswalkRow,
	MappingSettings,
	ProjectCandidate,
	ProjectCrosswalkRow,
} from '../../../../lib/mapping/types';
import type { ProcoreClient } from '../../../../lib/procore/procore-client';
import { n8nEffects } from '../../../shared/effects';
import { readList } from '../../../shared/read-values';
import { lastMapping, mappingWith } from '../map/mapping-rows';
import { isOfRelease03 } from '../map/read-places';
import { readCodesOf, readCostTypes, type ReadInProcore } from './procore-candidates';

export const findingRowsProperty: INodeProperties = {
	displayName: 'Finding Rows',
	name: 'findingRows',
	type: 'json',
	default: '[]',
	placeholder: "={{ $('Read findings').all().map(row => row.json) }}",
	description:
		'Rows of the table gpp_finding: what setup found before, and what of it was accepted',
	hint: 'Usually an expression that hands over all rows of a Data Table read before',
};

interface Looked extends ReadInProcore {
	/** Settings as they will be once everything that is proposed is accepted. */
	settings: MappingSettings;
	proposal: Proposal | null;
	rows: FindingRow[];
	now: string;
}

/** Looks where job, code and type stand. A node of a release up to 0.3.0 keeps its own places. */
export async function lookForPlaces(
	context: IExecuteFunctions,
	given: {
		company: string;
		sample: Sample;
		projects: ProjectCandidate[];
		procore: ProcoreClient;
		from: string;
	},
): Promise<Looked> {
	const { company, sample, projects, procore } = given;
	const now = new Date(n8nEffects.now()).toISOString();
	const costTypes = await readCostTypes(procore);
	const standing = ofCompany(readList<FindingRow>(context, 'findingRows'), company);
	if (isOfRelease03(context)) {
		const settings = lastMapping(context, company);
		return { settings, proposal: null, rows: [], now, costTypes, costCodes: new Map() };
	}
	if (given.from === '') {
		const settings = mappingWith(context, company, standing);
		return { settings, proposal: null, rows: standing, now, costTypes, costCodes: new Map() };
	}
	const own = <Row extends { gp_company: string }>(table: string) =>
		readList<Row>(context, table).filter((row) => sameKey(row.gp_company, company));
	const decided = {
		projects: own<ProjectCrosswalkRow>('projectCrosswalk'),
		accounts: own<AccountCrosswalkRow>('accountCrosswalk'),
	};
	const linked = decided.projects.map((row) => text(row.procore_project_id));
	const visible = new Set(projects.map(({ id }) => id));
	const met = await runStepsInTurns(projectsMet(sample, projects, costTypes));
	const ids = [...new Set([...met, ...linked])];
	const costCodes = await readCodesOf(
		procore,
		ids.filter((id) => visible.has(id)),
	);
	const numbers: ProcoreNumbers = {
		projects,
		costTypes,
		costCodes: [...costCodes.values()].flat(),
	};
	const proposal = await runStepsInTurns(propose(sample, numbers, decided));
	const rows = findingRows(company, proposal, standing, now);
	const settings = mappingWith(context, company, withAllAccepted(rows, now));
	return { settings, proposal, rows, now, costTypes, costCodes };
}
