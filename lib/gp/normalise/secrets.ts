import { canonicalName, isRecord } from './field-reader';

/** Fields that must never leave GP, whatever the site calls them (canonical names). */
const SECRET_NAMES =
	/^(federal|employer|vendor)?tax(payer)?(id|ident(ification)?)(no|nbr|nmbr|num|number|code)?$|^tax(payer)?registration(id|no|number)?$|^txidnmbr$|^txrgnnum$|^ssn$|^ein$|^socialsecurity(no|number)?$|bankacc(oun)?t(no|nbr|num|number|id)?$|^(iban|swift|bic)(code|number)?$|routingnumber$|password|passwd|creditcard|^(internetaddresses)?(inet|internetfield)6$/;

export type SecretTest = (name: string) => boolean;

export function secretTest(further: string[]): SecretTest {
	const names = new Set(further.map(canonicalName));
	const known = new Map<string, boolean>();
	return (name) => {
		let secret = known.get(name);
		if (secret === undefined) {
			const canonical = canonicalName(name).replace(/[^a-z0-9]/g, '');
			secret = names.has(canonicalName(name)) || SECRET_NAMES.test(canonical);
			if (known.size < 5_000) known.set(name, secret);
		}
		return secret;
	};
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
