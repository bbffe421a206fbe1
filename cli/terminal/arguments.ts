import { parseArgs } from 'node:util';
import { UsageError } from '../errors';
import { GP_CREDENTIAL, PAGE_CREDENTIAL, PROCORE_CREDENTIAL } from '../flow/credentials';

export interface Arguments {
	command: 'install' | 'doctor' | 'help' | 'version';
	/** Blank = ask. */
	address: string;
	apiKey: string;
	dryRun: boolean;
	publish: boolean;
	/** Ids of optional workflows to install. */
	wanted: string[];
	json: boolean;
	projectId?: string;
	credentials: Record<string, string | undefined>;
}

const COMMANDS = ['install', 'doctor', 'help', 'version'] as const;

/** What a command line asks for. A flag wins over the environment. */
export function readArguments(
	argv: readonly string[],
	environment: Readonly<Record<string, string | undefined>>,
): Arguments {
	const { values, positionals } = parse(argv);
	const [command = 'help', ...more] = positionals;
	if (!(COMMANDS as readonly string[]).includes(command) || more.length > 0)
		// Not repeated: what stands in the wrong place may be the key.
		throw new UsageError('Unknown command. Available: install, doctor.');
	return {
		command: values.help ? 'help' : values.version ? 'version' : (command as Arguments['command']),
		address: values.url ?? environment.N8N_URL ?? '',
		apiKey: values['api-key'] ?? environment.N8N_API_KEY ?? '',
		dryRun: values['dry-run'],
		publish: values.publish,
		wanted: values['sql-source'] ? ['gpp-sql-source'] : [],
		json: values.json,
		projectId: values.project,
		credentials: {
			[GP_CREDENTIAL]: values['gp-credential'],
			[PROCORE_CREDENTIAL]: values['procore-credential'],
			[PAGE_CREDENTIAL]: values['page-credential'],
		},
	};
}

function parse(argv: readonly string[]) {
	try {
		return parseArgs({
			args: [...argv],
			allowPositionals: true,
			options: {
				url: { type: 'string' },
				'api-key': { type: 'string' },
				'dry-run': { type: 'boolean', default: false },
				publish: { type: 'boolean', default: false },
				'sql-source': { type: 'boolean', default: false },
				json: { type: 'boolean', default: false },
				project: { type: 'string' },
				'gp-credential': { type: 'string' },
				'procore-credential': { type: 'string' },
				'page-credential': { type: 'string' },
				help: { type: 'boolean', default: false, short: 'h' },
				version: { type: 'boolean', default: false },
			},
		});
	} catch (error) {
		// Node's own words name the option; what is no plain name of one may be the key.
		const words = (error as Error).message.split('\n')[0].split('. ')[0];
		const unknown = words.startsWith('Unknown option');
		throw new UsageError(
			unknown && !/^Unknown option '--?[a-z-]{1,20}'$/.test(words)
				? 'One of the options is none of this command.'
				: words,
		);
	}
}
