import { z } from 'zod';
import { describeAnswers } from '../../support/clientAnswers.mts';

jest.mock('zod', () => jest.requireActual('zod-4'));

it('runs on zod 4 indeed', () => expect('_zod' in z.string()).toBe(true));

describeAnswers('zod 4');
