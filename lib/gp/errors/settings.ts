import { GpError } from './gp-error';

/** Something the user typed (site, profile, watermark) cannot work. */
export class GpSettingInvalid extends GpError {
	readonly code = 'GP_SETTING_INVALID';
	readonly scope = 'configuration';

	constructor(setting: string, why: string, remedy: string) {
		super(`The setting "${setting}" cannot be used: ${why}.`, remedy, {}, { setting });
	}
}
