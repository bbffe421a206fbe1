import { addTo } from '../../model/keys';
import { bare, unpadded, type Numbers } from './propose-numbers';
import { compile } from '../patterns';
import type { JobRule } from '../types';
import type { SampleLine } from './propose-types';

export type Carrier = 'reference' | 'purchaseOrder' | 'description';

export const CARRIERS: Record<Carrier, { name: string; read(line: SampleLine): string | null }> = {
	reference: { name: 'reference', read: ({ reference }) => reference },
	purchaseOrder: { name: 'PO number', read: ({ purchaseOrder }) => purchaseOrder },
	description: { name: 'description', read: ({ description }) => description },
};

/** A pattern that reads numbers as Procore writes them out of a text. */
export interface TextPlace {
	name: string;
	rule: Extract<JobRule, { pattern: string }>;
	/** 0 is the most certain: a word that always stands before it. */
	looseness: number;
	read(text: string): string | null;
}

/** A number of Procore found in a text. */
interface Span {
	before: string;
	after: string;
	atStart: boolean;
	atEnd: boolean;
	/** Parts of the number, as Procore has them. */
	parts: string[];
	separators: string[];
	lines: number;
	padded: boolean;
	/** Constant first part of Procore's number that the text leaves out. */
	head: string;
}

/** Runs of letters or digits that are put together at most to find one number. */
const RUNS = 5;
const LONGEST_NUMBER = 24;
const TEXTS = 5_000;
/** Share of the found numbers that have the same word beside them. */
const MOSTLY = 0.8;

/** Patterns under which numbers of Procore are found in these texts, the most certain first. */
export function textPlaces(
	texts: ReadonlyMap<string, number>,
	carrier: Carrier,
	numbers: Numbers,
): TextPlace[] {
	const byShape = new Map<string, Span[]>();
	const look = lookIn(numbers);
	for (const [text, lines] of [...texts].slice(0, TEXTS)) {
		for (const span of look(text, lines)) {
			const shape = `${span.parts.map(kindsIn).join(' ')}|${span.separators.join(' ')}|${span.head}`;
			addTo(byShape, shape, span);
		}
	}
	return [...byShape.values()]
		.sort((left, right) => sum(right) - sum(left))
		.slice(0, 3)
		.flatMap((spans) => placesOf(spans, carrier));
}

function lookIn(numbers: Numbers): (text: string, lines: number) => Span[] {
	const full = new Map<string, string | null>();
	const padded = new Map<string, string | null>();
	const tails = new Map<string, string | null>();
	const put = (into: typeof full, key: string, id: string, least: number) => {
		if (key.length >= least) into.set(key, into.has(key) ? null : id);
	};
	const head = commonHead([...numbers.texts.values()]);
	for (const [id, text] of numbers.texts) {
		put(full, bare(text), id, 2);
		put(padded, unpadded(text), id, 3);
		if (head && text.startsWith(head)) put(tails, bare(text.slice(head.length)), id, 3);
	}
	return (text, lines) => {
		const upper = text.toUpperCase();
		const runs = [...upper.matchAll(/\p{L}+|\p{N}+/gu)].slice(0, 40);
		const found: Span[] = [];
		for (let first = 0; first < runs.length; first++) {
			for (let last = Math.min(first + RUNS, runs.length) - 1; last >= first; last--) {
				const start = runs[first].index;
				const end = runs[last].index + runs[last][0].length;
				const written = upper.slice(start, end);
				if (written.length > LONGEST_NUMBER || /[^\p{L}\p{N}]{2}/u.test(written)) continue;
				if (!/\p{N}/u.test(written)) continue;
				const key = bare(written);
				const short = key.replace(/^0+(?=.)/, '');
				const id = full.get(key) ?? padded.get(short) ?? tails.get(key);
				if (!id) continue;
				const isTail = !full.get(key) && !padded.get(short);
				const number = numbers.texts
					.get(id)!
					.trim()
					.slice(isTail ? head.length : 0);
				found.push({
					before: upper.slice(0, start),
					after: upper.slice(end),
					atStart: upper.slice(0, start).trim() === '',
					atEnd: upper.slice(end).trim() === '',
					parts: number.split(/[^\p{L}\p{N}]+/u).filter(Boolean),
					separators: number.match(/[^\p{L}\p{N}]+/gu) ?? [],
					padded: !full.get(key) && !isTail,
					head: isTail ? head : '',
					lines,
				});
				first = last;
				break;
			}
		}
		return found;
	};
}

/** What all numbers begin with, up to a separator: "P-", "2024-". */
function commonHead(texts: string[]): string {
	const [first = '', ...others] = texts.map((text) => text.trim());
	const head = /^.*?[^\p{L}\p{N}]+(?=.)/u.exec(first)?.[0] ?? /^\p{L}+(?=\p{N})/u.exec(first)?.[0];
	return head && others.length >= 2 && others.every((text) => text.startsWith(head)) ? head : '';
}

function placesOf(spans: Span[], carrier: Carrier): TextPlace[] {
	const { name } = CARRIERS[carrier];
	const number = numberPattern(spans);
	const format = `${spans[0].head}${spans[0].parts
		.map((_, index) => `$${index + 1}${spans[0].separators[index] ?? ''}`)
		.join('')}`;
	const before = mostly(
		spans,
		({ before: text }) => /(?<!\p{L})(\p{L}+)[^\p{L}\p{N}]{0,3}$/u.exec(text)?.[1],
	);
	const after = mostly(spans, ({ after: text }) => /^[^\p{L}\p{N}]{0,2}(\p{L}+)/u.exec(text)?.[1]);
	const start = share(spans, ({ atStart }) => atStart) >= MOSTLY ? '^[^A-Z0-9]*' : '\\b';
	const patterns: Array<[string, string]> = [];
	if (before) patterns.push([`after "${before}"`, `\\b${before}[^A-Z0-9]{0,3}${number}\\b`]);
	if (after) patterns.push([`before "${after}"`, `${start}${number}[^A-Z0-9]{0,2}${after}`]);
	patterns.push(
		['as all of it', `^[^A-Z0-9]*${number}[^A-Z0-9]*$`],
		['at its start', `^[^A-Z0-9]*${number}\\b`],
		['at its end', `\\b${number}[^A-Z0-9]*$`],
		['anywhere', `\\b${number}\\b`],
	);
	return patterns.map(([where, pattern], looseness) => {
		const plain = format === '$1';
		const rule = { from: carrier, pattern, ...(plain ? {} : { format }) } as TextPlace['rule'];
		const compiled = compile('pattern', pattern);
		return {
			name: `${name}, ${where}`,
			rule,
			looseness,
			read: (text) => {
				const match = compiled.exec(text);
				return match && format.replace(/\$(\d)/g, (_, group: string) => match.parts[+group] ?? '');
			},
		};
	});
}

/** Groups for the parts of the number, in the lengths met; separators may be others or none. */
function numberPattern(spans: Span[]): string {
	const [{ parts }] = spans;
	const groups = parts.map((_, index) => {
		const runs = spans.map((span) => span.parts[index].match(/\p{L}+|\p{N}+/gu) ?? []);
		const pattern = runs[0].map((run, at) => {
			const lengths = runs.map((one) => one[at]?.length ?? 0);
			const [least, most] = [Math.min(...lengths), Math.max(...lengths)];
			const sign = /\p{N}/u.test(run) ? '\\d' : '[A-Z]';
			return `${sign}${most === 1 ? '' : least === most ? `{${most}}` : `{${least},${most}}`}`;
		});
		return `(${pattern.join('')})`;
	});
	const zeros = spans.some(({ padded }) => padded) ? '0*' : '';
	return zeros + groups.join('[^A-Z0-9]?');
}

function kindsIn(part: string): string {
	return (part.match(/\p{L}+|\p{N}+/gu) ?? [])
		.map((run) => (/\p{N}/u.test(run) ? 'D' : 'L'))
		.join('');
}

function mostly(spans: Span[], wordOf: (span: Span) => string | undefined): string | null {
	const counts = new Map<string, number>();
	for (const span of spans) {
		const word = wordOf(span);
		if (word && /^[A-Z]+$/.test(word)) counts.set(word, (counts.get(word) ?? 0) + span.lines);
	}
	const [best] = [...counts].sort((left, right) => right[1] - left[1]);
	return best && best[1] >= sum(spans) * MOSTLY ? best[0] : null;
}

function share(spans: Span[], test: (span: Span) => boolean): number {
	return sum(spans.filter(test)) / sum(spans);
}

function sum(spans: Span[]): number {
	return spans.reduce((all, { lines }) => all + lines, 0);
}
