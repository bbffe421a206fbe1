import { ConnectorError } from '../model/connector-error';

/** A mapping setting cannot work for any record, so nothing is mapped until it is put right. */
export class MappingSettingsError extends ConnectorError {
	readonly code = 'mapping-settings';
	readonly scope = 'configuration' as const;

	constructor(setting: string, problem: string, options?: { cause?: unknown }) {
		super(
			`The mapping setting "${setting}" cannot be used: ${problem}`,
			{ remedy: `Correct "${setting}" in the GP to Procore node.`, setting },
			options,
		);
	}
}
