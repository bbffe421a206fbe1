import { NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions } from 'n8n-workflow';

import type { AuditEventRow } from '../../../../lib/audit/event-row';
import {
	type AccountCrosswalkRow,
	type Crosswalk,
	type MappingInput,
	type MappingSettings,
	type ProjectCandidate,
	type ProjectCrosswalkRow,
	type VendorCrosswalkRow,
	DEFAULT_MAPPING_SETTINGS,
} from '../../../../lib/mapping/types';
import { earlierProjects, sentBefore } from '../../../../lib/run/batch';
import { readList, readObject } from '../../../shared/read-values';
import { readMappingSettings } from './read-mapping-settings';

/** Everything mapping needs besides the records. Read once: an expression per item would be slow. */
export function readMappingInput(context: IExecuteFunctions): Omit<MappingInput, 'records'> {
	return {
		crosswalk: readCrosswalk(context),
		projects: givenProjects(context),
		earlierProjects: earlierProjectsOf(context),
		sentBefore: sentBefore(readList<AuditEventRow>(context, 'earlierEvents')),
		settings: givenMappingOf(context) ?? readMappingSettings(context).settings,
	};
}

/** The Procore projects handed over; a project without an id is none. */
export function givenProjects(context: IExecuteFunctions): ProjectCandidate[] {
	return readList<ProjectCandidate>(context, 'projects')
		.filter(({ id }) => Boolean(id))
		.map(asCandidate);
}

/** Rows of the three crosswalk tables, as far as the operation asks for them. */
export function readCrosswalk(context: IExecuteFunctions): Crosswalk {
	return {
		projects: readList<ProjectCrosswalkRow>(context, 'projectCrosswalk'),
		accounts: readList<AccountCrosswalkRow>(context, 'accountCrosswalk'),
		vendors: readList<VendorCrosswalkRow>(context, 'vendorCrosswalk'),
	};
}

/** Accepts the fields as the template hands them on and as Procore's API names them. */
function asCandidate(
	project: ProjectCandidate & { project_number?: string | null },
): ProjectCandidate {
	return {
		id: String(project.id),
		name: project.name,
		projectNumber: project.projectNumber ?? project.project_number ?? null,
	};
}

/**
 * Key of a payable → projects it was sent to before, as given or by its earlier events; only the
 * payables have the fields.
 */
function earlierProjectsOf(context: IExecuteFunctions): Record<string, string[]> {
	const events = readList<AuditEventRow>(context, 'earlierEvents');
	if (events.length > 0) return earlierProjects(events);
	const given = readObject<Record<string, unknown>>(context, 'earlierProjects') ?? {};
	return Object.fromEntries(
		Object.entries(given).map(([key, projects]) => [
			key,
			Array.isArray(projects) ? projects.map((id) => String(id ?? '')) : [String(projects ?? '')],
		]),
	);
}

/** What a Mapping node put out, handed over by the parameter `mapping`; null where none is. */
function givenMappingOf(context: IExecuteFunctions): MappingSettings | null {
	const given = readObject<{ kind?: string; settings?: Partial<MappingSettings> }>(
		context,
		'mapping',
	);
	if (given === null) return null;
	if (given.kind === 'mapping' && given.settings && typeof given.settings === 'object') {
		// A policy younger than the mapping handed over keeps its default.
		return { ...DEFAULT_MAPPING_SETTINGS, ...given.settings, company: '' };
	}
	throw new NodeOperationError(context.getNode(), "The parameter 'Mapping' holds no mapping", {
		description:
			"Hand over the output of a GP to Procore node with resource Mapping, or choose 'This Node' above.",
	});
}
