import { ConnectorError } from '../lib/model/connector-error';

/** The command was given in a way that cannot be followed. */
export class UsageError extends ConnectorError {
	readonly code = 'usage';
	readonly scope = 'configuration' as const;

	constructor(problem: string, remedy = 'Add --help to see what can be said.') {
		super(problem, { remedy });
	}
}

/** Nothing that speaks like n8n answers there. */
export class N8nUnreachableError extends ConnectorError {
	readonly code = 'n8n-unreachable';
	readonly scope = 'transport' as const;

	constructor(address: string, problem: string, remedy?: string) {
		super(`n8n does not answer at ${address}: ${problem}`, {
			address,
			remedy:
				remedy ??
				'Check that n8n runs and that the address is the one you open in the browser, e.g. http://localhost:5678.',
		});
	}
}

/** n8n does not know the key. */
export class ApiKeyRejectedError extends ConnectorError {
	readonly code = 'api-key-rejected';
	readonly scope = 'configuration' as const;

	constructor(address: string) {
		super(`n8n at ${address} does not accept the API key (401)`, {
			address,
			httpStatus: 401,
			remedy:
				'Make a new key in n8n under Settings → n8n API and give it whole. A key is shown only once, and each n8n has its own.',
		});
	}
}

/** The key is right but may not do what is needed. */
export class ScopeMissingError extends ConnectorError {
	readonly code = 'scope-missing';
	readonly scope = 'configuration' as const;

	constructor(what: string, scopes: readonly string[]) {
		super(`The API key may not ${what} (403)`, {
			httpStatus: 403,
			scopes,
			remedy:
				scopes.length > 0
					? `Give the key these scopes under Settings → n8n API: ${scopes.join(', ')}.`
					: 'Use a key of the owner or an administrator of this n8n.',
		});
	}
}

export class N8nTooOldError extends ConnectorError {
	readonly code = 'n8n-too-old';
	readonly scope = 'configuration' as const;

	constructor(version: string, least: string) {
		super(`This n8n is version ${version}; ${least} or later is needed`, {
			remedy: `Update n8n, then try again. It lacks data tables in its public API.`,
		});
	}
}

/** The package in n8n and the workflows to put in are not of one version: they would call steps it does not have. */
export class PackageVersionError extends ConnectorError {
	readonly code = 'package-version';
	readonly scope = 'configuration' as const;

	/** @param installed null where n8n does not tell it, and the package lacks what the workflows need */
	constructor(packageName: string, installed: string | null, wanted: string, isOlder: boolean) {
		const found = installed === null ? 'an older one' : installed;
		super(
			`The package ${packageName} in this n8n is ${found}, the workflows to install are of ${wanted}. Nothing was changed`,
			{
				installed,
				wanted,
				remedy: isOlder
					? `Update it first: Settings → Community nodes → ${packageName} → Update (in queue mode on the workers too), restart n8n, then run this again. Or put in the workflows of the version that is there: "npx ${packageName}@${installed ?? '<version>'} install".`
					: `Run "npx ${packageName}@${installed} install" instead: this installer would take the workflows back to an older version.`,
			},
		);
	}
}

export class PackageMissingError extends ConnectorError {
	readonly code = 'package-missing';
	readonly scope = 'configuration' as const;

	constructor(packageName: string) {
		super(`The package ${packageName} is not installed in this n8n`, {
			remedy: `In n8n open Settings → Community nodes → Install, type ${packageName}, then run this again. In queue mode install it on the workers too.`,
		});
	}
}

/** Two workflows of this n8n could be the same template. */
export class SeveralWorkflowsError extends ConnectorError {
	readonly code = 'several-workflows';
	readonly scope = 'configuration' as const;

	constructor(name: string, ids: readonly string[]) {
		super(`Several workflows could be "${name}": ${ids.join(', ')}`, {
			remedy: 'Archive the ones you do not use (⋯ → Archive), then run this again.',
		});
	}
}

/** n8n refused a call for a reason of its own. */
export class N8nRefusedError extends ConnectorError {
	readonly code = 'n8n-refused';
	readonly scope = 'configuration' as const;

	constructor(
		call: string,
		readonly status: number,
		readonly reason: string,
	) {
		super(`n8n refused ${call} (${status}): ${reason}`, {
			httpStatus: status,
			remedy: 'Do what the message says and run this again; what is done already stays done.',
		});
	}
}

/** What n8n (or whatever stands in its place) answers has no shape or no end that can be worked with. */
export class N8nAnswerError extends ConnectorError {
	readonly code = 'n8n-answer';
	readonly scope = 'transport' as const;

	constructor(
		readonly call: string,
		problem: string,
	) {
		super(`The answer to ${call} ${problem}`, {
			remedy:
				'Check that the address is that of n8n itself and what stands before it (a proxy). What is done already stays done.',
		});
	}
}
