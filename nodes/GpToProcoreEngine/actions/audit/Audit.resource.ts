import { resource } from '../../../shared/operations';
import * as retention from './retention.operation';

export const audit = resource('audit', 'retention', [retention]);
