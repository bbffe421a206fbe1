import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname ?? '.', '../..');

/**
 * What Stryker is to change: the given files, or a whole room, or of a room a sample of single lines, chosen by a
 * seed. A line is taken with the chance of any other; mutants that span lines (a whole block taken out,
 * which tests notice most easily) are in no sample, so that a sample's share is rather too low than too high.
 *
 * @param {string[]} patterns the room's files: `folder/*.ts`, `folder/**\/*.ts` or one file
 * @param {{ FILES?: string, SAMPLE?: string, SEED?: string }} asked lines in the sample, and its seed
 * @returns {string[]} Stryker's `mutate`
 */
export function mutateOf(patterns, { FILES, SAMPLE, SEED = '1' }) {
	if (!SAMPLE) return FILES ? FILES.split(',') : [...patterns, '!**/*.types.ts'];
	const files = FILES ? FILES.split(',') : patterns.flatMap(filesOf);
	const lines = files.flatMap((file) =>
		codeLines(file).map((line) => ({ file, line, rank: rank(`${SEED}:${file}:${line}`) })),
	);
	return lines
		.sort((left, right) => left.rank - right.rank)
		.slice(0, Number(SAMPLE))
		.map(({ file, line }) => `${file}:${line}-${line}`);
}

function filesOf(pattern) {
	if (!pattern.includes('*')) return [pattern];
	const folder = pattern.slice(0, pattern.indexOf('/*'));
	return readdirSync(path.join(ROOT, folder), { recursive: pattern.includes('**') })
		.filter((name) => name.endsWith('.ts') && !name.endsWith('.types.ts'))
		.map((name) => path.posix.join(folder, name));
}

/** Numbers of lines in which something may be changed: no comment, no import, no type alone. */
function codeLines(file) {
	return readFileSync(path.join(ROOT, file), 'utf8')
		.split('\n')
		.map((text, index) => ({ text: text.trim(), line: index + 1 }))
		.filter(({ text }) => /[=?!<>+&|'"]|\breturn\b|\bif\b/.test(text))
		.filter(({ text }) => !/^(\*|\/\/|\/\*|import |export type |\} from )/.test(text))
		.map(({ line }) => line);
}

/** A number that looks random and is the same for the same text. */
function rank(text) {
	let value = 2166136261;
	for (const letter of text) value = Math.imul(value ^ letter.charCodeAt(0), 16777619);
	value = Math.imul(value ^ (value >>> 15), 2246822507);
	return (value ^ (value >>> 13)) >>> 0;
}
