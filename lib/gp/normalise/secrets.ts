import { isSecretName } from '../../model/secret-shapes';
import { canonicalName, isRecord } from './field-reader';

export type SecretTest = (name: string) => boolean;

/** Whether a field must never leave GP: by the one list of names, or by those the site adds. */
export function secretTest(further: string[]): SecretTest {
	const names = new Set(further.map(canonicalName));
	return (name) => isSecretName(name) || names.has(canonicalName(name));
}

/** A copy without secret members, at any depth. */
export function withoutSecrets(value: unknown, isSecret: SecretTest): unknown {
	if (Array.isArray(value)) return value.map((item) => withoutSecrets(item, isSecret));
	if (!isRecord(value)) return value;
	return Object.fromEntries(
		Object.entries(value)
			.filter(([name]) => !isSecret(name))
			.map(([name, member]) => [name, withoutSecrets(member, isSecret)]),
	);
}
