import path from 'node:path';
import { mutateOf } from './sample.mjs';

const here = (name) => path.resolve('test/mutation', name);

/**
 * Which files of a room are changed, and which tests must notice: `npm run test:mutation -- limiter`
 * (or `ntlm`, `run`, …; `--files lib/run/lease.ts` for single files). A test that stays green while a
 * line is broken does not prove that line.
 */
const ROOMS = {
	limiter: {
		mutate: ['lib/procore/limiter.ts', 'lib/http/*.ts'],
		// Without the search through every expression of the package, and whole loads of the stand-in: slow, and not about this.
		tests: ['test/procore/!(stand-in).test.ts', 'test/http/!(expressions).test.ts'],
	},
	ntlm: { mutate: ['lib/ntlm/**/*.ts'], tests: ['test/ntlm/**/*.test.ts'] },
	mapping: {
		mutate: ['lib/mapping/**/*.ts'],
		// Without those that take half a minute each: books, and many records and rules.
		tests: [
			'test/mapping/!(books-agree|many-records|rule-index).test.ts',
			'test/mapping/suggest/*.test.ts',
		],
	},
	reading: {
		mutate: ['lib/gp/reading/**/*.ts'],
		// Without those of whole clients and companies, which are too slow to run for each line.
		tests: [
			'test/gp/reading/**/*.test.ts',
			'test/gp/@(account-facts|ask-by-key|control-rows|deleted-keys|end-of-list|odd-pages|packed-rows|pages|recheck|second-look-order|vendor-classes).test.ts',
		],
	},
	sync: {
		mutate: ['lib/sync/**/*.ts'],
		tests: [
			'test/sync/**/*.test.ts',
			'test/procore/@(resources|other-lists).test.ts',
			'test/reconcile/@(records|header|every-cause|cause-of).test.ts',
		],
	},
	run: {
		mutate: ['lib/run/**/*.ts'],
		tests: ['test/run/**/*.test.ts', 'test/audit/*.test.ts', 'test/alerts/findings.test.ts'],
	},
	reconcile: { mutate: ['lib/reconcile/**/*.ts'], tests: ['test/reconcile/**/*.test.ts'] },
};

const room = ROOMS[process.env.ROOM];
if (!room)
	throw new Error(
		`Unknown room "${process.env.ROOM}". Available: ${Object.keys(ROOMS).join(', ')}`,
	);

export default {
	testRunner: 'whole-files',
	plugins: [here('jest-runner.mjs')],
	jest: {
		projectType: 'custom',
		configFile: 'jest.config.js',
		config: {
			testMatch: room.tests.map((glob) => `<rootDir>/${glob}`),
			testEnvironment: here('environment.cjs'),
			setupFiles: [here('fixed-seed.cjs')],
			testSequencer: here('shortest-first.cjs'),
			runner: here('until-noticed.cjs'),
		},
	},
	mutate: mutateOf(room.mutate, process.env),
	coverageAnalysis: 'perTest',
	concurrency: Number(process.env.CONCURRENCY ?? 2),
	ignoreStatic: true,
	// Wording is read by people: test/docs and the remedy tests hold each text that is promised.
	mutator: { excludedMutations: ['StringLiteral'] },
	tempDirName: '.build/stryker',
	reporters: ['json', 'progress-append-only', 'survivors'],
	// A busy machine must not count a slow test as a noticed fault.
	timeoutMS: 10_000,
	dryRunTimeoutMinutes: 30,
	jsonReporter: { fileName: `.build/mutation/${process.env.ROOM}.json` },
	ignorePatterns: ['dist', '.build', 'docs/images', 'workflows/releases', 'deploy'],
};
