import { resource } from '../../../shared/operations';
import * as auditChain from './auditChain.operation';
import * as evaluate from './evaluate.operation';

export const alert = resource('alert', 'evaluate', [auditChain, evaluate]);
