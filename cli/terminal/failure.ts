import { ConnectorError } from '../../lib/model/connector-error';
import { printable } from './printable';

/**
 * What is printed, and with which exit code, when a command cannot go on. A stack trace says nothing
 * to whoever installs; it is shown only when asked for with GPP_STACK=1.
 */
export function describeFailure(
	error: unknown,
	environment: Readonly<Record<string, string | undefined>>,
): { text: string; code: 1 | 2 } {
	const stack = environment.GPP_STACK === '1' && error instanceof Error ? `\n${error.stack}` : '';
	if (error instanceof ConnectorError)
		return {
			text: printable(`${[error.message, error.remedy].filter(Boolean).join('\n')}${stack}`),
			code: error.code === 'usage' ? 2 : 1,
		};
	const { name, message } = (error ?? {}) as Partial<Error>;
	return {
		text: printable(
			`This should not have happened (${name ?? 'no error'}: ${(message ?? String(error)).slice(0, 500)}).\n` +
				`Please report it with the command you gave; what is done already stays done.${stack || '\nGPP_STACK=1 before the command shows where it happened.'}`,
		),
		code: 1,
	};
}
