import type { ICredentialDataDecryptedObject, IPollFunctions } from 'n8n-workflow';

import { progressLog } from '../../shared/progress-log';
import { connectTo, type GpConnection, type GpConnectionOptions } from '../transport/gp-connection';
import { parseProfileOverride } from '../transport/profile-override';
import type { TriggerSettings } from './settings';

/** A connection for one poll; close it afterwards. */
export function connectForPoll(
	context: IPollFunctions,
	credential: ICredentialDataDecryptedObject,
	options: GpConnectionOptions,
): GpConnection {
	return connectTo(credential, options, {
		onProgress: progressLog(context.logger, 'Dynamics GP is being read'),
	});
}

/** Options that read list rows as they are: nobody will see their details, or miss what only these tell. */
export function listRowsOnly({ entity, options }: TriggerSettings): GpConnectionOptions {
	const profile = parseProfileOverride(options.profileOverride);
	const entities = {
		...profile?.entities,
		[entity]: { ...profile?.entities?.[entity], details: 'notWanted' },
	};
	return {
		...options,
		profileOverride: { ...profile, entities } as GpConnectionOptions['profileOverride'],
	};
}
