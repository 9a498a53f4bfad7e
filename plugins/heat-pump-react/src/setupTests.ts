import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// The page is large, and tests may share the machine with others.
configure({ asyncUtilTimeout: 20_000 });
jest.setTimeout(60_000);
