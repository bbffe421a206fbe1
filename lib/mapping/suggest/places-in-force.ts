import type { PlaceToFind } from '../types';
import { acceptedPlaces, type FindingRow } from './finding-rows';
import type { PlaceSettings } from './propose-types';

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
	/** `unfound` only where something is not known. */
	settings: PlaceSettings & { unfound?: Partial<Record<PlaceToFind, string>> };
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
		const base = isWhole ? {} : { ...(given.before ? pick(given.before) : {}), ...pick(found) };
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
	return result;
}
