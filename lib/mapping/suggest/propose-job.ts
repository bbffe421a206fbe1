import type { GpAccount } from '../../model/gp-records';
import type { JobRule } from '../types';
import {
	accountPattern,
	type AccountPlace,
	accountPlaces,
	accountsByValue,
	isPlain,
	isWholeSegment,
	naturalSegment,
	shareDescribed,
} from './propose-account-places';
import {
	choose,
	counted,
	exampleOf,
	furtherPlaces,
	pairsOf,
	rankingOf,
	LEAST_NUMBERS,
	LEAST_SHARE,
	scored,
	type Scored,
} from './propose-choice';
import { type Format, formatOf, type Numbers, numbersOf, written } from './propose-numbers';
import { CARRIERS, textPlaces, type Carrier, type TextPlace } from './propose-texts';
import {
	type Finding,
	type ProcoreNumbers,
	type Proposal,
	type Sample,
	type SampleLine,
	typesOfValues,
	unsure,
} from './propose-types';

export type JobPlace = { in: 'account'; place: AccountPlace } | { in: Carrier; place: TextPlace };

export interface JobProposal {
	finding: Finding;
	rules: JobRule[];
	links: Proposal['links'];
	skips: Proposal['skips'];
	/** Places that were claimed, the first first. */
	places: Array<Scored<JobPlace>>;
	/** Segments of the account that hold the job whole or in part. */
	segments: Set<number>;
	/** Values in the account that mean no job. */
	ignored: string[];
}

/** In steps: a chart may have tens of thousands of accounts, each looked at in dozens of places. */
export function* proposeJob(
	sample: Sample,
	procore: ProcoreNumbers,
): Generator<void, JobProposal, void> {
	const numbers = numbersOf(
		procore.projects.map(({ id, projectNumber }) => [id, projectNumber ?? '']),
	);
	const candidates = yield* candidatesIn(sample, procore, numbers);
	yield;
	const { best, why, ranking } = choose(candidates, sample.lines, numbers, {
		what: 'project numbers',
	});
	const others = rankingOf(ranking.filter((one) => one !== best));
	if (!best) {
		return {
			finding: unsure('job', sample.costLines, `Not sure where the job stands: ${why}`, others),
			rules: [],
			links: [],
			skips: [],
			places: [],
			segments: new Set(),
			ignored: [],
		};
	}
	const inTexts = candidates.filter(({ place }) => place.in !== 'account');
	yield;
	const places = [best, ...furtherPlaces(best, inTexts, sample, numbers)];
	const ignored = best.place.in === 'account' ? noJob(best, best.place.place, sample.accounts) : [];
	const links = new Map<string, string>();
	const rules = places.map((place) => ruleOf(place, numbers, ignored, links));
	const held = places.map((place) => `${place.name} (${counted(place.matched, sample.costLines)})`);
	return {
		finding: {
			subject: 'job',
			sure: true,
			said: `The job stands in ${held.join(', else in ')}${writtenAs(best)}`,
			covered: coveredBy(places, sample),
			of: sample.costLines,
			examples: places.flatMap((place) => exampleOf(place, sample.lines, numbers)).slice(0, 6),
			others,
			settings: { jobRules: rules },
		},
		rules,
		links: [...links].map(([job, projectId]) => ({ job, projectId })),
		skips: best.place.in === 'account' ? skipsIn(best, best.place.place, sample, ignored) : [],
		places,
		segments: new Set(
			places.flatMap(({ place }) => (place.in === 'account' ? place.place.segments : [])),
		),
		ignored,
	};
}

function* candidatesIn(
	sample: Sample,
	procore: ProcoreNumbers,
	numbers: Numbers,
): Generator<void, Array<Scored<JobPlace>>, void> {
	const natural = naturalSegment(sample.accounts);
	yield;
	const accounts = [...new Set(sample.lines.map(({ account }) => account))];
	const inAccount: Array<Scored<JobPlace>> = [];
	for (const place of accountPlaces(accounts)) {
		yield;
		// Two segments whose border varies: no pattern tells where the first one ends.
		if (!isWholeSegment(place) && accountPattern(place, AS_WRITTEN) === null) continue;
		if (isSomethingElse(place, natural, sample.accounts, procore)) continue;
		yield;
		const effort = isWholeSegment(place) ? 0 : place.pieces.length > 1 ? 2 : 3;
		const read = ({ account }: SampleLine) => place.read(account);
		const where: JobPlace = { in: 'account', place };
		inAccount.push(scored(where, place.name, effort, sample.lines, numbers, read));
	}
	const inTexts: Array<Scored<JobPlace>> = [];
	for (const carrier of TEXTS) {
		yield;
		inTexts.push(...candidatesInText(carrier, sample.lines, numbers));
	}
	return [...inAccount, ...inTexts];
}

/** Places in the texts of lines that numbers of Procore stand in. */
function candidatesInTexts(
	lines: readonly SampleLine[],
	numbers: Numbers,
): Array<Scored<JobPlace>> {
	return TEXTS.flatMap((carrier) => candidatesInText(carrier, lines, numbers));
}

const TEXTS = Object.keys(CARRIERS) as Carrier[];

function candidatesInText(
	carrier: Carrier,
	lines: readonly SampleLine[],
	numbers: Numbers,
): Array<Scored<JobPlace>> {
	const texts = new Map<string, number>();
	for (const line of lines) {
		const text = (CARRIERS[carrier].read(line) ?? '').trim();
		if (text !== '') texts.set(text, (texts.get(text) ?? 0) + line.lines);
	}
	return textPlaces(texts, carrier, numbers).map((place) =>
		scored<JobPlace>(
			{ in: carrier, place },
			place.name,
			1 + place.looseness / 10,
			lines,
			numbers,
			(line) => {
				const text = (CARRIERS[carrier].read(line) ?? '').trim();
				return text === '' ? null : place.read(text);
			},
		),
	);
}

/** What a text of most of these lines holds of these numbers, and the pattern that reads them; '' where none does. */
export function saidInTexts(lines: readonly SampleLine[], numbers: Numbers): string {
	const held = candidatesInTexts(lines, numbers)
		.filter(({ share, distinct }) => share >= LEAST_SHARE && distinct.size >= LEAST_NUMBERS)
		.sort((left, right) => right.matched - left.matched || left.effort - right.effort)[0];
	if (!held || held.place.in === 'account') return '';
	const { pattern, format } = held.place.place.rule;
	return `${held.name} holds them; a rule of Mapping reads them there by the pattern ${pattern} as ${format ?? '$1'}`;
}

/** The natural account, or the cost type, whatever numbers its values happen to equal. */
function isSomethingElse(
	place: AccountPlace,
	natural: number,
	accounts: readonly GpAccount[],
	procore: ProcoreNumbers,
): boolean {
	if (place.segments.includes(natural)) {
		// A part of it may be the job, where job and natural account are written together.
		if (isWholeSegment(place) || place.pieces.length > 1) return true;
	}
	const groups = accountsByValue(accounts, place.read);
	const types = typesOfValues(groups, procore.costTypes);
	return new Set(types.values()).size >= 2 && types.size >= groups.size * 0.6;
}

/** Values that stand for the company itself: nothing but zeros, or those of the balance sheet. */
function noJob(best: Scored, place: AccountPlace, accounts: readonly GpAccount[]): string[] {
	const groups = accountsByValue(accounts, place.read);
	const jobs = new Set(best.values.filter((_, index) => best.ids[index] !== undefined));
	const sheetShare = (of: readonly GpAccount[]) =>
		of.filter(({ postingType }) => postingType === 'balanceSheet').length / Math.max(1, of.length);
	const ofJobs = [...jobs].flatMap((job) => groups.get(job!) ?? []);
	const jobsHaveNone = sheetShare(ofJobs) < 0.05;
	return [...groups]
		.filter(([value, of]) => {
			if (jobs.has(value)) return false;
			if (/^[^\p{L}1-9]*$/u.test(value)) return true;
			return jobsHaveNone && of.length >= 3 && sheetShare(of) >= 0.15;
		})
		.map(([value]) => value);
}

/** Names of what is no project. */
const NO_PROJECT =
	/\b(shop|overhead|yard|warehouse|general and administrative|general & administrative|g ?& ?a|office|admin(istration)?|corporate|equipment pool|home office|head office)\b/i;

function skipsIn(
	best: Scored,
	place: AccountPlace,
	{ accounts, lines }: Sample,
	ignored: readonly string[],
): Proposal['skips'] {
	const groups = accountsByValue(accounts, place.read);
	const jobs = new Set(best.values.filter((_, index) => best.ids[index] !== undefined));
	const ofJobs = [...jobs].flatMap((job) => groups.get(job!) ?? []);
	if (shareDescribed(ofJobs, NO_PROJECT) > 0.2) return [];
	const met = new Set(lines.map(({ account }) => place.read(account)));
	return [...groups]
		.filter(
			([value, of]) =>
				!jobs.has(value) &&
				!ignored.includes(value) &&
				met.has(value) &&
				shareDescribed(of, NO_PROJECT) >= 0.6,
		)
		.map(([job, of]) => ({
			job,
			why: of
				.map(({ description }) => (description ?? '').trim())
				.find((text) => NO_PROJECT.test(text))!,
		}));
}

const AS_WRITTEN: Format = { slices: [[0, null]], literals: ['', ''] };

/** The rule that reads Procore's number; where no rule can make it, the jobs are linked one by one. */
function ruleOf(
	found: Scored<JobPlace>,
	numbers: Numbers,
	ignored: readonly string[],
	links: Map<string, string>,
): JobRule {
	if (found.place.in !== 'account') return found.place.place.rule;
	const { place } = found.place;
	const pairs = pairsOf(found);
	const format = formatOf(
		[...pairs].map(([value, id]) => [value, numbers.texts.get(id)!] as const),
		found.written,
	);
	const plain = isWholeSegment(place)
		? { from: 'accountSegment' as const, segment: place.pieces[0].segment, ignore: [...ignored] }
		: null;
	if (format && plain && isPlain(format)) return plain;
	// Compared with what the format makes of them.
	const ignore = (as: Format) => {
		const values = ignored.map((value) => written(value, as)).filter((value) => value !== '');
		return values.length > 0 ? { ignore: values } : {};
	};
	const pattern = format && accountPattern(place, format);
	if (pattern) return { from: 'account', ...pattern, ...ignore(format) };
	for (const [value, id] of pairs) links.set(value, id);
	if (plain) return plain;
	const read = accountPattern(place, AS_WRITTEN);
	if (!read) throw new Error(`no pattern for ${place.name}`);
	return { from: 'account', ...read, ...ignore(AS_WRITTEN) };
}

function coveredBy(places: readonly Scored[], { lines }: Sample): number {
	return lines.reduce((sum, line, index) => {
		const first = places.find(({ values }) => values[index] !== null);
		return sum + (first?.ids[index] === undefined ? 0 : line.lines);
	}, 0);
}

function writtenAs({ written }: Scored): string {
	switch (written.kind) {
		case 'same':
			return '';
		case 'bare':
			return ', without the separators of Procore';
		case 'zeros':
			return ', with other leading zeros than in Procore';
		case 'added':
			return `, where Procore has ${written.before || written.after} ${written.before ? 'before' : 'after'} it`;
		case 'within':
			return `, with ${written.before || written.after} ${written.before ? 'before' : 'after'} it, which Procore does not have`;
		case 'part':
			return ', which is the last part of the project number in Procore';
	}
}
