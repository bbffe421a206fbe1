import { keyOf } from '../crosswalk-index';
import {
	accountPattern,
	type AccountPlace,
	accountPlaces,
	accountsByValue,
	isPlain,
	isWholeSegment,
	overlaps,
} from './propose-account-places';
import type { AccountsProposal } from './propose-accounts';
import {
	choose,
	counted,
	exampleOf,
	LEAST_NUMBERS,
	pairsOf,
	rankingOf,
	scored,
	type Scored,
	shownText,
} from './propose-choice';
import { type JobProposal, saidInTexts } from './propose-job';
import { formatOf, numbersOf } from './propose-numbers';
import {
	type Finding,
	otherType,
	type PlaceSettings,
	type ProcoreNumbers,
	type Sample,
	typesOfValues,
	unsure,
} from './propose-types';

/** Either most lines have a code of Procore there, or most codes of Procore are found there. */
const ENOUGH = 0.6;
/** Lines whose cost type a place has to tell. */
const TYPE_SHARE = 0.6;

interface Given {
	sample: Sample;
	procore: ProcoreNumbers;
	job: JobProposal;
	accounts: AccountsProposal;
}

/** Where cost code and cost type stand in the account of a cost line. */
export function proposeCodeAndType(given: Given): { costCode: Finding; costType: Finding } {
	const { job, accounts } = given;
	const of = accounts.costLines.reduce((sum, { lines }) => sum + lines, 0);
	if (of === 0) {
		const waits = (subject: 'costCode' | 'costType', what: string) =>
			unsure(
				subject,
				given.sample.costLines,
				`Not sure where the ${what} stands: which lines are job cost is not known`,
			);
		return {
			costCode: waits('costCode', 'cost code'),
			costType: waits('costType', 'cost type'),
		};
	}
	const taken = job.places.flatMap(({ place }) =>
		place.in === 'account' ? place.place.pieces : [],
	);
	const written = [...new Set(accounts.costLines.map(({ account }) => account))];
	const places = accountPlaces(written).filter(
		({ pieces }) => !pieces.some((piece) => taken.some((one) => overlaps(piece, one))),
	);
	const byCodes = codeByProcore(given, places, of);
	const codePieces = byCodes.place?.pieces ?? [];
	const typePlaces = places.filter(
		({ pieces }) => !pieces.some((piece) => codePieces.some((one) => overlaps(piece, one))),
	);
	const type = typeOf(given, typePlaces, of);
	const costCode = byCodes.finding.sure
		? byCodes.finding
		: (codeByRest(given, places, type.place, byCodes.numbers, of) ?? byCodes.finding);
	return { costCode, costType: type.finding };
}

function codeByProcore({ procore, accounts }: Given, places: readonly AccountPlace[], of: number) {
	const codes = new Map(procore.costCodes.map(({ code }) => [keyOf(code), code.trim()]));
	const divisions = new Set(
		[...codes.keys()].flatMap((code) => {
			const at = code.lastIndexOf('-');
			return at > 0 ? [code.slice(0, at)] : [];
		}),
	);
	const numbers = numbersOf([...codes].filter(([key]) => !divisions.has(key)));
	const lines = accounts.costLines;
	const candidates = places.map((place) =>
		scored(place, place.name, effortOf(place), lines, numbers, ({ account }) =>
			place.read(account),
		),
	);
	const { best, why, ranking } = choose(candidates, lines, numbers, {
		what: 'cost codes',
		enough: ({ share, distinct }) => share >= ENOUGH || distinct.size >= numbers.size * ENOUGH,
	});
	const others = rankingOf(ranking.filter((one) => one !== best));
	const none = (said: string) => ({
		place: null,
		numbers: numbers.size,
		finding: unsure('costCode', of, said, others),
	});
	if (!best) {
		const inTexts = saidInTexts(lines, numbers);
		return none(`Not sure where the cost code stands: ${why}${inTexts && `. But ${inTexts}`}`);
	}
	const settings = codeSettings(best, numbers.texts);
	if (!settings) {
		return none(
			`Not sure how cost codes are written: ${best.name} holds them, but no one rule makes Procore's codes of what stands there`,
		);
	}
	const finding: Finding = {
		subject: 'costCode',
		sure: true,
		said: `The cost code stands in ${best.name} (a code of Procore on ${counted(best.matched, of)})${
			settings.costCodePattern ? `, written in Procore as ${settings.costCodeFormat}` : ''
		}; codes that Procore does not have yet are made`,
		covered: best.read,
		of,
		examples: exampleOf(best, lines, numbers, 3),
		others,
		settings,
	};
	return { place: best.place, numbers: numbers.size, finding };
}

function codeSettings(
	found: Scored<AccountPlace>,
	texts: ReadonlyMap<string, string>,
): PlaceSettings | null {
	const { place, written } = found;
	const pairs = [...pairsOf(found)].map(([value, id]) => [value, texts.get(id)!] as const);
	const format = formatOf(pairs, written);
	if (!format) return null;
	if (isWholeSegment(place) && isPlain(format)) {
		return { costCodeSegment: place.pieces[0].segment, costCodePattern: '' };
	}
	const made = accountPattern(place, format);
	return made && { costCodePattern: made.pattern, costCodeFormat: made.format };
}

/** Procore has no codes to compare with: the one segment that nothing else is said by. */
function codeByRest(
	{ accounts }: Given,
	places: readonly AccountPlace[],
	type: AccountPlace | null,
	numbers: number,
	of: number,
): Finding | null {
	if (numbers >= LEAST_NUMBERS) return null;
	const typed = new Set(type && isWholeSegment(type) ? type.segments : []);
	const left = places.filter(
		(place) =>
			isWholeSegment(place) &&
			!typed.has(place.segments[0]) &&
			new Set(accounts.costLines.map(({ account }) => place.read(account))).size > 1,
	);
	if (left.length !== 1 || (type && !isWholeSegment(type))) return null;
	const [place] = left;
	return {
		subject: 'costCode',
		sure: true,
		said: `The cost code is ${place.name}: Procore has ${numbers === 0 ? 'no cost codes' : 'too few cost codes'} to compare with, and nothing else in the account changes from line to line. The sync makes these codes`,
		covered: of,
		of,
		examples: [
			...new Set(
				accounts.costLines
					.slice(0, 50)
					.map(({ account }) => `account ${shownText(account)}: ${place.read(account)}`),
			),
		].slice(0, 3),
		others: [],
		settings: { costCodeSegment: place.segments[0], costCodePattern: '' },
	};
}

function typeOf({ sample, procore, accounts }: Given, places: readonly AccountPlace[], of: number) {
	const costAccounts = sample.accounts.filter(({ account }) => accounts.isCost(account));
	const other = otherType(procore.costTypes);
	const rated = places
		.map((place) => {
			const groups = accountsByValue(costAccounts, place.read);
			for (const { account } of accounts.costLines) {
				const value = place.read(account);
				if (value !== null && !groups.has(value)) groups.set(value, []);
			}
			const types = typesOfValues(groups, procore.costTypes);
			const told = accounts.costLines.map(({ account }) => types.get(place.read(account) ?? ''));
			const covered = accounts.costLines.reduce(
				(sum, { lines }, index) => sum + (told[index] === undefined ? 0 : lines),
				0,
			);
			const used = new Set(told.filter((one) => one !== undefined));
			return { place, types, told, covered, used, values: groups.size };
		})
		.filter(
			({ types, used, covered, values, place }) =>
				used.size >= 2 &&
				covered >= of * TYPE_SHARE &&
				types.size >= values * 0.5 &&
				place.pieces.length === 1,
		)
		.sort(
			(left, right) => right.covered - left.covered || effortOf(left.place) - effortOf(right.place),
		);
	const most = rated[0]?.covered ?? 0;
	const [best] = rated
		.filter(({ covered }) => covered >= most * 0.97)
		.sort((left, right) => effortOf(left.place) - effortOf(right.place));
	const rival =
		best &&
		rated.find(
			({ told, covered }) =>
				covered >= most * 0.5 &&
				told.some((one, index) => one && best.told[index] && one !== best.told[index]),
		);
	const nothing = (sure: boolean, said: string, settings: PlaceSettings) => ({
		place: null,
		finding: {
			...{ subject: 'costType' as const, sure, said, covered: sure ? of : 0, of, settings },
			...{ examples: [], others: rated.slice(0, 3).map(({ place }) => place.name) },
		},
	});
	if (rival) {
		return nothing(
			false,
			`Not sure where the cost type stands: ${best.place.name} and ${rival.place.name} say different things`,
			{},
		);
	}
	if (!best) {
		return other === undefined
			? nothing(
					false,
					'Not sure where the cost type stands: no part of the account tells it, and Procore has no cost type for what is told apart nowhere',
					{},
				)
			: nothing(true, `No part of the account tells the cost type: all lines become ${other}`, {
					...{ costTypeSegment: 0, costTypePattern: '', costTypes: {}, defaultCostType: other },
				});
	}
	const costTypes = Object.fromEntries([...best.types].sort());
	const left = of - best.covered;
	const made = isWholeSegment(best.place)
		? null
		: accountPattern(best.place, { slices: [[0, null]], literals: ['', ''] });
	return {
		place: best.place,
		finding: {
			subject: 'costType' as const,
			sure: true,
			said: `The cost type stands in ${best.place.name}: ${Object.entries(costTypes)
				.slice(0, 8)
				.map(([value, type]) => `${value} is ${type}`)
				.join(', ')}${
				left === 0
					? ''
					: `. ${left} lines tell none${other === undefined ? ' and wait' : ` and become ${other}`}`
			}`,
			covered: best.covered,
			of,
			examples: [
				...new Map(
					accounts.costLines.flatMap(({ account }, index) => {
						const type = best.told[index];
						return type === undefined
							? []
							: [[type, `account ${shownText(account)}: ${type}`] as const];
					}),
				).values(),
			].slice(0, 3),
			others: [],
			settings: {
				...(made
					? { costTypeSegment: 0, costTypePattern: made.pattern }
					: { costTypeSegment: best.place.segments[0], costTypePattern: '' }),
				costTypes,
				...(other === undefined ? {} : { defaultCostType: other }),
			},
		},
	};
}

function effortOf(place: AccountPlace): number {
	if (isWholeSegment(place)) return 0;
	return place.pieces.length > 1 ? 1 : 2;
}
