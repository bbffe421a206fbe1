import { runSteps } from '../../../lib/http/read-body';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectsMet, propose } from '../../../lib/mapping/suggest/propose';
import { type Proposal, sampleOf } from '../../../lib/mapping/suggest/propose-types';
import { NOTHING_THERE, SOMETHING_BESIDE } from '../layouts/by-chance';
import { IN_SEGMENTS } from '../layouts/in-segments';
import { IN_TEXTS } from '../layouts/in-texts';
import type { Layout } from '../layouts/layout';

/*
 * What setup tells a person about each of these companies after forty documents: every finding with its share
 * of the lines, its examples, what else was looked at and what it would set. After a change that is wanted:
 * `TELL_ANEW=1 npx jest test/mapping/suggest/told`, and read the difference.
 */
const PAGE = join(__dirname, 'told.txt');
const LAYOUTS = [...IN_SEGMENTS, ...IN_TEXTS, ...SOMETHING_BESIDE, ...NOTHING_THERE];
const DOCUMENTS = 40;

function sampleFor({ accounts, payables }: Layout) {
	const gather = sampleOf();
	gather.accounts(accounts);
	gather.payables(payables.slice(0, DOCUMENTS));
	return gather.sample();
}

const indented = (lines: readonly string[], sign: string) =>
	lines.map((one) => `    ${sign} ${one}`);

function inWords({ findings, settings, links, skips, coverage }: Proposal, met: string[]): string {
	const lines = findings.flatMap((one) => [
		`${one.subject}, ${one.sure ? 'sure' : 'not sure'}, ${one.covered} of ${one.of}: ${one.said}`,
		...indented(one.examples, '·'),
		...indented(one.others, '?'),
		...indented(Object.keys(one.settings).length > 0 ? [JSON.stringify(one.settings)] : [], '='),
	]);
	const { lines: all, placed, left, waiting } = coverage;
	return [
		...lines,
		`sets ${Object.keys(settings).join(', ') || 'nothing'}`,
		...links.map(({ job, projectId }) => `links ${job} to ${projectId}`),
		...skips.map(({ job, why }) => `leaves out ${job}: ${why}`),
		`of ${all} lines ${placed} placed, ${left} left out, ${waiting} waiting`,
		`projects met: ${met.join(', ') || 'none'}`,
	].join('\n');
}

const told = (layout: Layout) => {
	const sample = sampleFor(layout);
	const { projects, costTypes } = layout.procore;
	return inWords(
		runSteps(propose(sample, layout.procore)),
		runSteps(projectsMet(sample, projects, costTypes)),
	);
};

const sections = new Map(
	readFileSync(PAGE, 'utf8')
		.split(/^# /m)
		.slice(1)
		.map((section): [string, string] => {
			const end = section.indexOf('\n');
			return [section.slice(0, end), section.slice(end + 1).trim()];
		}),
);

test('the page is of these companies', () => {
	if (process.env.TELL_ANEW)
		writeFileSync(PAGE, LAYOUTS.map((one) => `# ${one.name}\n\n${told(one)}\n`).join('\n'));
	expect([...sections.keys()]).toEqual(LAYOUTS.map(({ name }) => name));
});

test.each(LAYOUTS.map((layout) => [layout.name, layout] as const))('%s', (name, layout) => {
	expect(told(layout)).toBe(sections.get(name));
});
