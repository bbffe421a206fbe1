import { rememberSecret } from '../lib/model/redact';
import { ApiClient } from './api/api-client';
import { N8n } from './api/n8n';
import { examine } from './doctor/doctor';
import { describeFindings, isBroken, nextStep } from './doctor/findings';
import { UsageError } from './errors';
import { install } from './install/install';
import { readShipped } from './shipped/shipped';
import { readArguments, type Arguments } from './terminal/arguments';
import { ask, type Terminal } from './terminal/ask';
import { printable } from './terminal/printable';
import { USAGE } from './terminal/usage';

export interface Outside {
	environment: Readonly<Record<string, string | undefined>>;
	print(text: string): void;
	terminal: Terminal;
	fetch: typeof fetch;
}

/** Runs one command line; returns its exit code. */
export async function runCommand(argv: readonly string[], outside: Outside): Promise<number> {
	const given = readArguments(argv, outside.environment);
	const print = (text: string) => outside.print(printable(text));
	const shipped = readShipped();
	if (given.command === 'help') {
		print(USAGE.trimEnd());
		return 0;
	}
	if (given.command === 'version') {
		print(shipped.version);
		return 0;
	}
	const n8n = new N8n(
		new ApiClient({ ...(await whereAndWho(given, outside)), fetch: outside.fetch }),
	);
	if (given.command === 'doctor') {
		const { findings, addresses } = await examine(n8n, shipped, new Date());
		const seen = { version: shipped.version, n8n: n8n.address, findings, addresses };
		print(
			given.json
				? JSON.stringify({ ...seen, next: nextStep(findings) }, null, 2)
				: describeFindings(findings, addresses),
		);
		return isBroken(findings) ? 1 : 0;
	}
	print(`${shipped.packageName} ${shipped.version} → ${n8n.address}\n`);
	const { problems } = await install(n8n, shipped, {
		...given,
		tell: print,
		askPageLogin: () => pageLogin(outside),
	});
	return problems.length > 0 ? 1 : 0;
}

/** The login of the page and the forms, from whoever sits at the terminal; null when nobody does. */
async function pageLogin({
	terminal,
}: Outside): Promise<{ user: string; password: string } | null> {
	if (!terminal.input.isTTY) return null;
	const user = await ask(
		terminal,
		'Name for the login of the page and the forms (Enter: I make it in n8n): ',
	);
	if (user === '') return null;
	const password = await ask(terminal, 'Its password (it is not shown): ', { secret: true });
	rememberSecret(password);
	return password === '' ? null : { user, password };
}

async function whereAndWho(
	given: Arguments,
	{ terminal }: Outside,
): Promise<{ address: string; apiKey: string }> {
	const address =
		given.address ||
		(await ask(terminal, "n8n's address (http://localhost:5678): ")) ||
		'http://localhost:5678';
	const apiKey =
		given.apiKey ||
		(await ask(terminal, 'API key (n8n: Settings → n8n API; it is not shown): ', { secret: true }));
	if (apiKey === '')
		throw new UsageError(
			'Without an API key nothing can be done.',
			'Make one in n8n under Settings → n8n API.',
		);
	return { address, apiKey };
}
