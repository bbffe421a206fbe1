import { resource } from '../../../shared/operations';
import * as retention from './retention.operation';
import * as planNight from './planNight.operation';

export const audit = resource('audit', 'retention', [retention, planNight]);
