import type { TableRow } from '../../tables/tables';
import { sameKey, text } from '../crosswalk-index';
import type { MappingSettings, PlaceToFind } from '../types';
import { counted } from './propose-choice';
import { PLACE_SETTINGS, type PlaceSettings, type Proposal, SUBJECTS } from './propose-types';

/** Row of the findings table: what setup found about one thing, and what of it is in force. */
export type FindingRow = TableRow<'findings'>;

export const ALL_LINES = 'all lines';

/**
 * The rows after setup looked again. What was accepted stays in force until something else is
 * accepted; what is found anew stands beside it.
 */
export function findingRows(
	company: string,
	{ findings, coverage }: Pick<Proposal, 'findings' | 'coverage'>,
	standing: readonly FindingRow[],
	now: string,
): FindingRow[] {
	const known = new Map(ofCompany(standing, company).map((row) => [row.subject, row]));
	const base = (subject: string) => {
		const row = known.get(subject);
		return {
			gp_company: company,
			subject,
			accepted: row ? acceptedOf(row) : '',
			accepted_at: text(row?.accepted_at),
			found_at: now,
		};
	};
	const { lines, placed, left, waiting } = coverage;
	const shown = (number: number) => number.toLocaleString('en-US');
	const rows: FindingRow[] = [
		{
			...base(ALL_LINES),
			...{ accepted: '', accepted_at: '', settings: '', examples: '', others: '' },
			status: 'counted',
			found: `Of ${shown(lines)} cost lines ${shown(placed)} go to a project, ${shown(left)} are no cost of one and are left out, ${shown(waiting)} wait`,
			coverage: counted(placed + left, lines),
		},
		...findings.map((finding): FindingRow => {
			const row = base(finding.subject);
			const settings =
				finding.sure && Object.keys(finding.settings).length > 0
					? JSON.stringify(finding.settings)
					: '';
			return {
				...row,
				status: statusOf(settings, row.accepted, finding.sure),
				found: finding.said,
				coverage: counted(finding.covered, finding.of),
				examples: finding.examples.join('\n'),
				others: finding.others.join('\n'),
				settings,
			};
		}),
	];
	const now_ = new Set(rows.map(({ subject }) => subject));
	for (const row of known.values()) {
		if (now_.has(row.subject)) continue;
		rows.push({
			...base(row.subject),
			status: acceptedOf(row) === '' ? 'not found any more' : statusOf('', acceptedOf(row), false),
			...{ found: 'Nothing of this was found the last time', coverage: '', examples: '' },
			...{ others: '', settings: '' },
		});
	}
	return rows;
}

function statusOf(settings: string, accepted: string, sure: boolean): string {
	if (accepted !== '') {
		return settings === accepted ? 'accepted' : 'accepted, found otherwise since';
	}
	return settings !== '' ? 'proposed' : sure ? 'told' : 'not sure';
}

/** The rows with everything accepted that is proposed. */
export function withAllAccepted(rows: readonly FindingRow[], now: string): FindingRow[] {
	return rows.map((row) =>
		text(row.settings) === '' || text(row.settings) === acceptedOf(row)
			? row
			: { ...row, accepted: row.settings, accepted_at: now, status: 'accepted' },
	);
}

/** Whether a person has something to accept. */
export function isOpen(row: FindingRow): boolean {
	return text(row.settings) !== '' && text(row.settings) !== acceptedOf(row);
}

/** The settings of this row that are in force, as JSON; a status written by hand accepts what was found. */
function acceptedOf(row: FindingRow): string {
	const accepted = text(row.accepted);
	return accepted === '' && text(row.status).toLowerCase() === 'accepted'
		? text(row.settings)
		: accepted;
}

/** What is accepted for a company, and why the rest is not known. */
function acceptedPlaces(rows: readonly FindingRow[]): {
	places: PlaceSettings;
	/** Subjects with accepted settings, with what was found. */
	said: Record<string, string>;
	why: Record<string, string>;
} {
	const places: PlaceSettings = {};
	const said: Record<string, string> = {};
	const why: Record<string, string> = {};
	for (const row of rows) {
		if (!(SUBJECTS as readonly string[]).includes(row.subject)) continue;
		const accepted = acceptedOf(row);
		if (accepted === '') {
			why[row.subject] =
				text(row.settings) === ''
					? text(row.found)
					: `it proposes this, and nobody has accepted it yet: ${text(row.found)}`;
			continue;
		}
		const settings = parsed(accepted);
		if (settings === null) {
			why[row.subject] = `the row "${row.subject}" of gpp_finding holds no settings`;
			continue;
		}
		Object.assign(places, settings);
		said[row.subject] = text(row.found);
	}
	return { places, said, why };
}

/** Known settings only: a cell is edited by hand. */
function parsed(json: string): PlaceSettings | null {
	try {
		const given = JSON.parse(json) as Record<string, unknown> | null;
		if (given === null || typeof given !== 'object') return null;
		return Object.fromEntries(
			Object.entries(given).filter(([name]) =>
				(PLACE_SETTINGS as readonly string[]).includes(name),
			),
		) as PlaceSettings;
	} catch {
		return null;
	}
}

export function ofCompany(rows: readonly FindingRow[], company: string): FindingRow[] {
	return rows.filter((row) => text(row.subject) !== '' && sameKey(row.gp_company, company));
}

/** Where what decides about a place comes from. */
export type PlaceFrom =
	| 'filled in'
	| 'as setup found it'
	| 'as used before setup looked'
	| 'unknown';

export interface PlaceInForce {
	from: PlaceFrom;
	/** What setup found, or why it is not known. */
	said?: string;
}

export interface PlacesInForce {
	/** `unfound` only where something is not known; `costAccountsFound` as in the settings of a mapping. */
	settings: PlaceSettings & Pick<MappingSettings, 'costAccountsFound' | 'unfound'>;
	places: Record<PlaceToFind | 'accrual', PlaceInForce>;
}

const SETTINGS_OF: Record<PlaceToFind | 'accrual', ReadonlyArray<keyof PlaceSettings>> = {
	job: ['jobRules'],
	costAccounts: ['costAccountPattern'],
	accrual: ['accrualAccounts'],
	costCode: ['costCodeSegment', 'costCodePattern', 'costCodeFormat'],
	costType: ['costTypeSegment', 'costTypePattern', 'costTypes', 'defaultCostType'],
};

const NOT_RUN = 'it has not looked through this company yet';

/**
 * What is filled in stands above what setup found and was accepted; until something is accepted, a company
 * that was synced before setup looked keeps what it was synced with. The rest is not known, with the reason.
 */
export function placesInForce(given: {
	filled: PlaceSettings;
	/** Of the company. */
	findings: readonly FindingRow[];
	before?: PlaceSettings | null;
}): PlacesInForce {
	const { places: found, said, why } = acceptedPlaces(given.findings);
	const result: PlacesInForce = {
		settings: {},
		places: {} as PlacesInForce['places'],
	};
	for (const [place, names] of Object.entries(SETTINGS_OF) as Array<
		[PlaceToFind | 'accrual', ReadonlyArray<keyof PlaceSettings>]
	>) {
		const pick = (from: PlaceSettings) =>
			Object.fromEntries(
				names.filter((name) => from[name] !== undefined).map((name) => [name, from[name]]),
			) as PlaceSettings;
		const filled = pick(given.filled);
		// A default cost type alone says where nothing else does; it does not say where the type stands.
		const isWhole = names.some((name) => name !== 'defaultCostType' && name in filled);
		const known = { ...(given.before ? pick(given.before) : {}), ...pick(found) };
		const { defaultCostType } = known;
		// Who says where the type stands has not said what becomes of accounts that give none.
		const base = !isWhole ? known : defaultCostType === undefined ? {} : { defaultCostType };
		const settings = { ...base, ...filled };
		Object.assign(result.settings, settings);
		if (isWhole) result.places[place] = { from: 'filled in' };
		else if (Object.keys(pick(found)).length > 0)
			result.places[place] = { from: 'as setup found it', said: said[place] };
		else if (Object.keys(base).length > 0)
			result.places[place] = { from: 'as used before setup looked' };
		else if (Object.keys(filled).length > 0) result.places[place] = { from: 'filled in' };
		else if (place === 'accrual') result.places.accrual = { from: 'unknown' };
		else {
			const reason = why[place] ?? NOT_RUN;
			result.settings.unfound = { ...result.settings.unfound, [place]: reason };
			result.places[place] = { from: 'unknown', said: reason };
		}
	}
	if (result.places.costAccounts.from === 'as setup found it')
		result.settings.costAccountsFound = true;
	return result;
}
