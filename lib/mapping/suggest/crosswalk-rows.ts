import type { GpVendor } from '../../model/gp-records';
import { canonicalOriginId, groupedBy, vendorOriginId } from '../../model/keys';
import { isSkip, keyOf, sameKey, text } from '../crosswalk-index';
import { splitAccount } from '../patterns';
import type { ProjectCandidate, ProjectCrosswalkRow, VendorCrosswalkRow } from '../types';
import {
	candidatesNote,
	linkedNote,
	projectSuggester,
	type Suggested,
	vendorSuggester,
} from './suggest';

/** What stands in Procore, as far as suggestions look at it. */
export interface ProcoreCandidates {
	/** Full codes and names of the cost codes of a project. */
	costCodes: ReadonlyArray<{ projectId: string; code: string; name: string }>;
	/** Codes of the company's cost types. */
	costTypes: readonly string[];
	vendors: ReadonlyArray<{
		id: string;
		name: string;
		originId: string | null;
		originCode: string | null;
	}>;
}

interface Given {
	company: string;
	vendors: readonly GpVendor[];
	crosswalk: { vendors: readonly VendorCrosswalkRow[] };
	procore: Pick<ProcoreCandidates, 'vendors'>;
}

/**
 * Rows for GP vendors that are written alike with one in Procore which the sync would not take by
 * itself, linked from the threshold on. A Procore vendor that two GP vendors lay claim to is linked
 * to neither: the notes name them all. In steps: thousands are compared with thousands.
 */
export function* vendorRows(
	given: Given,
	automaticFrom: number,
): Generator<void, VendorCrosswalkRow[], void> {
	const { company, procore } = given;
	const known = new Map(
		given.crosswalk.vendors
			.filter((row) => sameKey(row.gp_company, company))
			.map((row) => [keyOf(row.gp_vendor_id), row]),
	);
	const linked = new Set(
		procore.vendors.map(({ originId }) => originId && canonicalOriginId(originId)),
	);
	// One that came from GP already is some other vendor's.
	const free = procore.vendors.filter(({ originId }) => !originId);
	const sameBySync = takenBySync(free);
	const suggest = vendorSuggester(free, { automaticFrom, limit: 3 });
	const claims = claimsOfRows(given);
	const claim = (procoreId: string, vendor: GpVendor) => {
		const firms = claims.get(procoreId) ?? new Map<string, string>();
		claims.set(procoreId, firms.set(identity(company, vendor.vendorId), firmOf(vendor)));
	};
	const considered = [];
	for (const vendor of given.vendors) {
		yield;
		const id = keyOf(vendor.vendorId);
		const standing = known.get(id);
		if (linked.has(vendorOriginId(company, id)) || isSkip(standing)) continue;
		if (text(standing?.procore_vendor_id) !== '') continue;
		const same = sameBySync(vendor);
		for (const one of same) claim(one.id, vendor);
		if (standing || vendor.status === 'inactive') continue;
		const suggested: Suggested =
			same.length > 0 ? { candidates: [] } : suggest({ vendorId: id, name: vendor.name });
		if (suggested.automatic) claim(suggested.automatic.id, vendor);
		considered.push({ vendor, id, same, ...suggested });
	}
	return considered.flatMap(({ vendor, id, same, candidates, automatic }) => {
		const row = { gp_company: company, gp_vendor_id: id, procore_vendor_id: '', action: 'send' };
		const others = (procoreId: string) =>
			[...(claims.get(procoreId) ?? [])]
				.filter(([who]) => who !== identity(company, vendor.vendorId))
				.map(([, firm]) => firm);
		const wanted = automatic ?? same.find((one) => others(one.id).length > 0);
		const rivals = wanted ? others(wanted.id) : [];
		if (wanted && rivals.length > 0) {
			const note = `${vendor.name}: not linked: ${wanted.name} (${wanted.id}) may be ${[firmOf(vendor), ...rivals].join(' or ')}; fill it in at the one it is`;
			return [{ ...row, note }];
		}
		if (candidates.length === 0) return [];
		return [
			{
				...row,
				procore_vendor_id: automatic?.id ?? '',
				note: automatic
					? `${vendor.name}: ${linkedNote(automatic)}`
					: `${vendor.name}: ${candidatesNote(candidates, '')}; made anew unless one is filled in`,
			},
		];
	});
}

/** Procore vendors the sync takes for a GP vendor by itself: those with its code, else with its name. */
function takenBySync<Vendor extends { name: string; originCode: string | null }>(
	free: readonly Vendor[],
): (vendor: GpVendor) => Vendor[] {
	const byCode = groupedBy(free, ({ originCode }) => keyOf(originCode));
	const byName = groupedBy(free, ({ name }) => keyOf(name));
	return ({ vendorId, name }) =>
		byCode.get(keyOf(vendorId)) ?? (keyOf(name) === '' ? [] : (byName.get(keyOf(name)) ?? []));
}

/** Links that stand, of every company: by Procore vendor, the GP vendors they name. */
function claimsOfRows({ company, vendors, crosswalk }: Given): Map<string, Map<string, string>> {
	const byId = new Map(vendors.map((vendor) => [keyOf(vendor.vendorId), vendor]));
	const claims = new Map<string, Map<string, string>>();
	for (const row of crosswalk.vendors) {
		const procoreId = text(row.procore_vendor_id);
		if (procoreId === '' || isSkip(row)) continue;
		const own = sameKey(row.gp_company, company) ? byId.get(keyOf(row.gp_vendor_id)) : undefined;
		const firm = own
			? firmOf(own)
			: `GP vendor ${text(row.gp_vendor_id)} of company ${text(row.gp_company)}`;
		const firms = claims.get(procoreId) ?? new Map<string, string>();
		claims.set(procoreId, firms.set(identity(text(row.gp_company), text(row.gp_vendor_id)), firm));
	}
	return claims;
}

function firmOf({ name, vendorId }: GpVendor): string {
	return `${name} (${keyOf(vendorId)} in GP)`;
}

function identity(company: string, vendorId: string): string {
	return JSON.stringify([keyOf(company), keyOf(vendorId)]);
}

/** What a person may choose for a crosswalk row; those that look right stand first. */
export interface PickList {
	choices: Array<{ value: string; name: string; likely: boolean }>;
	/** Accounts only: codes of the company's cost types. */
	costTypes: string[];
	/** Where the choices come from, e.g. which projects' cost codes they are. */
	note: string;
}

const LIKELY = 5;

export function projectChoices(
	job: { number: string; name: string },
	projects: readonly ProjectCandidate[],
): PickList {
	const likely = projectSuggester(projects, { limit: LIKELY })(job).candidates.map(({ id }) => id);
	const choices = projects.map(({ id, name, projectNumber }) => ({
		value: String(id),
		name: projectNumber ? `${projectNumber} · ${name}` : name,
		likely: likely.includes(id),
	}));
	return { choices: inOrder(choices, likely), costTypes: [], note: '' };
}

export function vendorChoices(
	vendor: { vendorId: string; name: string },
	vendors: ReadonlyArray<{ id: string; name: string; originCode?: string | null }>,
): PickList {
	const likely = vendorSuggester(vendors, { limit: LIKELY })(vendor).candidates.map(({ id }) => id);
	const choices = vendors.map(({ id, name }) => ({ value: id, name, likely: likely.includes(id) }));
	return { choices: inOrder(choices, likely), costTypes: [], note: '' };
}

/** Each code once, by its first name. Codes that end in a segment of the account look right. */
export function codeChoices(
	account: string,
	codes: ReadonlyArray<{ code: string; name: string }>,
	costTypes: readonly string[],
): PickList {
	const segments = splitAccount(account).map(keyOf);
	const names = new Map<string, string>();
	for (const { code, name } of codes) if (!names.has(code)) names.set(code, name);
	const choices = [...names].map(([value, name]) => ({
		value,
		name,
		likely: segments.some((one) => one !== '' && keyOf(value).split('-').at(-1) === one),
	}));
	choices.sort((left, right) => (left.value < right.value ? -1 : 1));
	return { choices: inOrder(choices, []), costTypes: [...costTypes], note: '' };
}

/** Most projects whose cost codes are read for one choice: each is a call. */
const MOST_PROJECTS = 3;

/**
 * The projects whose cost codes an account may have: those of jobs that are a segment of it, else
 * the first ones that a job is linked to.
 */
export function projectsOfAccount(
	account: string,
	rows: readonly ProjectCrosswalkRow[],
	projects: readonly ProjectCandidate[],
): ProjectCandidate[] {
	const visible = new Map(projects.map((project) => [String(project.id), project]));
	const linked = rows.flatMap((row) => {
		const project = visible.get(text(row.procore_project_id));
		return project ? [{ job: row.gp_job, project }] : [];
	});
	const segments = splitAccount(account);
	const own = linked.filter(({ job }) => segments.some((segment) => sameKey(segment, job)));
	const chosen = (own.length > 0 ? own : linked).map(({ project }) => project);
	return [...new Set(chosen.length > 0 ? chosen : projects)].slice(0, MOST_PROJECTS);
}

function inOrder<Choice extends { value: string; name: string; likely: boolean }>(
	choices: Choice[],
	likely: readonly string[],
): Choice[] {
	const place = ({ value }: Choice) => {
		const index = likely.indexOf(value);
		return index < 0 ? likely.length : index;
	};
	return choices.sort(
		(left, right) =>
			Number(right.likely) - Number(left.likely) ||
			place(left) - place(right) ||
			byText(left.name, right.name),
	);
}

const byText = (left: string, right: string) => (left < right ? -1 : left > right ? 1 : 0);
