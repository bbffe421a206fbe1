import {
	commonTokens,
	declareClassPlugin,
	declareFactoryPlugin,
	PluginKind,
	tokens,
} from '@stryker-mutator/api/plugin';
import { MutantRunStatus } from '@stryker-mutator/api/test-runner';
import path from 'node:path';
import * as jest from '@stryker-mutator/jest-runner';

export const { strykerValidationSchema } = jest;

/**
 * Stryker's jest runner, for which a test file that could not even be loaded (a `describe` that throws) is an error that
 * proves nothing. The file loads without the mutant, so it was noticed: `npm test` is red.
 */
class WholeFiles {
	constructor(inner) {
		this.inner = inner;
	}
	capabilities() {
		return this.inner.capabilities();
	}
	async init() {
		await this.inner.init();
	}
	async dryRun(options) {
		return await this.inner.dryRun(options);
	}
	async mutantRun(options) {
		const result = await this.inner.mutantRun(options);
		if (result.status !== MutantRunStatus.Error) return result;
		return {
			status: MutantRunStatus.Killed,
			killedBy: [],
			failureMessage: `A test file does not load: ${result.errorMessage}`,
			nrOfTests: 0,
		};
	}
}

const [{ factory: jestRunner }] = jest.strykerPlugins;

function wholeFiles(injector) {
	return new WholeFiles(injector.injectFunction(jestRunner));
}
wholeFiles.inject = tokens(commonTokens.injector);

/** Names each survivor at once: a room takes long, and there is enough to look at meanwhile. */
class Survivors {
	onMutantTested({ status, fileName, location, replacement }) {
		if (status === 'Survived' || status === 'NoCoverage')
			console.log(
				`${status}: ${path.relative('.', fileName)}:${location.start.line} → ${replacement}`,
			);
	}
}

export const strykerPlugins = [
	declareFactoryPlugin(PluginKind.TestRunner, 'whole-files', wholeFiles),
	declareClassPlugin(PluginKind.Reporter, 'survivors', Survivors),
];
