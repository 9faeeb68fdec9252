import { convert, expectCurrency } from '@cairn/kernel/money';
import { expectOk } from '@cairn/kernel/result';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guessedCells, type RateFileOptions, readRateFile } from './rate-file-rules.ts';
import { type ExchangeRate, rateOn } from './rate-rules.ts';

const [USD, EUR, JPY, KWD] = ['USD', 'EUR', 'JPY', 'KWD'].map(expectCurrency) as [
  ReturnType<typeof expectCurrency>,
  ReturnType<typeof expectCurrency>,
  ReturnType<typeof expectCurrency>,
  ReturnType<typeof expectCurrency>,
];

const rate = (base: string, quote: string, value: string, onDate = '2023-05-22'): ExchangeRate => ({
  base,
  quote,
  onDate,
  rate: value,
  source: 'ECB',
});

describe('the rate of a day', () => {
  const rates = [
    rate('EUR', 'USD', '1.0822'),
    rate('EUR', 'JPY', '149.44'),
    rate('EUR', 'USD', '1.0800', '2023-05-10'),
    rate('EUR', 'USD', '1.0900', '2023-05-24'),
  ];

  it('is the last one on or before it, and never of a later day', () => {
    expect(rateOn(rates, EUR, USD, '2023-05-22')).toEqual({
      rate: '1.0822',
      onDate: '2023-05-22',
      source: 'ECB',
    });
    expect(rateOn(rates, EUR, USD, '2023-05-23')?.onDate).toBe('2023-05-22');
    expect(rateOn(rates, EUR, USD, '2023-05-20')?.onDate).toBe('2023-05-10');
  });

  it('is none where all are older than ten days', () => {
    expect(rateOn(rates, EUR, USD, '2023-05-21')).toBeUndefined();
    expect(rateOn(rates, EUR, USD, '2023-06-03')?.onDate).toBe('2023-05-24');
    expect(rateOn(rates, EUR, USD, '2023-06-04')).toBeUndefined();
    expect(rateOn(rates, EUR, KWD, '2023-05-22')).toBeUndefined();
  });

  it('is 1 for the same currency, inverted the other way round, and crossed through a base', () => {
    expect(rateOn([], USD, USD, '2023-05-22')?.rate).toBe('1');
    expect(rateOn(rates, USD, EUR, '2023-05-22')?.rate).toBe('0.924043614859');
    expect(rateOn(rates, JPY, USD, '2023-05-22')).toEqual({
      rate: '0.007241702355',
      onDate: '2023-05-22',
      source: 'ECB, through EUR',
    });
    expect(rateOn([rate('EUR', 'USD', '2')], USD, EUR, '2023-05-22')?.rate).toBe('0.5');
  });

  it('there and back is never further off than the digits that are kept', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999_999 }), (tenThousandths) => {
        const stated = (tenThousandths / 10_000).toFixed(4);
        const back = rateOn([rate('EUR', 'USD', stated)], USD, EUR, '2023-05-22');
        if (back === undefined) throw new Error('there is one');
        const there = convert(1_000_000, EUR, stated, USD);
        // A cent of one may be many of the other.
        const cent = Math.ceil(Number(back.rate)) + 1;
        expect(Math.abs(convert(there, USD, back.rate, EUR) - 1_000_000)).toBeLessThanOrEqual(cent);
      }),
    );
  });
});

describe('a file of rates', () => {
  const options: RateFileOptions = {
    source: 'ECB',
    base: EUR,
    from: '2023-05-01',
    until: '2023-06-30',
  };
  const read = (text: string) => expectOk(readRateFile(text, options));

  it('is read in the form of the European Central Bank, where N/A is no mistake', () => {
    const text =
      'Date,USD,JPY,CYP,\n2023-05-23,1.0779,149.11,N/A,\n2023-05-22,1.0822,149.44,N/A,\n1999-01-04,1.1789,133.73,0.58231,\n';
    const { rates, bad, leftOut } = read(text);
    expect(bad).toEqual([]);
    expect(leftOut).toBe(2);
    expect(rates).toContainEqual(rate('EUR', 'JPY', '149.44'));
    expect(rates).toHaveLength(4);
    expect(read('Date, USD, JPY, \n22 May 2023, 1.0822, 149.44, \n').rates).toHaveLength(2);
  });

  it('is read as a list, with its own sources and decimal commas', () => {
    const { rates } = read(
      'date;base;quote;rate;source\n2023-05-22;EUR;USD;1,0822;Card statement\n2023-05-22;usd;kwd;0.307;\n',
    );
    expect(rates).toEqual([
      { ...rate('EUR', 'USD', '1.0822'), source: 'Card statement' },
      rate('USD', 'KWD', '0.307'),
    ]);
  });

  it('gives what is good, and says of what is not in which line and why', () => {
    const { rates, bad } = read(
      [
        'date,base,quote,rate',
        '2023-05-22,EUR,USD,1.0822',
        '2023-02-30,EUR,USD,1.08',
        '2023-05-22,EUR,Dollar,1.08',
        '2023-05-22,EUR,USD,-1',
        '2023-07-01,EUR,USD,1.08',
        '2023-05-22,"EUR,USD,1.08',
        '2023-05-22,EUR,EUR,1',
        '2023-05-23,EUR,USD,1.0779',
      ].join('\n'),
    );
    expect(rates.map(({ onDate }) => onDate)).toEqual(['2023-05-22', '2023-05-23']);
    expect(bad.map(({ line, reason }) => `${line} ${reason}`)).toEqual([
      '3 “2023-02-30” is not a day; write year-month-day with two digits each, such as 2023-05-22.',
      '4 “Dollar” is no currency; write its three letters, such as USD or EUR.',
      '5 “-1” is no rate; write it such as 1.0823.',
      '6 2023-07-01 lies in the future; check the year.',
      '7 The quotes of this line are broken.',
      '8 EUR is always worth 1 EUR.',
    ]);
  });

  it('takes the good cells of a line, and keeps the line for the bad ones', () => {
    const { rates, bad } = read('Date,USD,JPY\n2023-05-22,1.0822,lots\n');
    expect(rates).toEqual([rate('EUR', 'USD', '1.0822')]);
    expect(bad[0]?.reason).toBe('JPY: “lots” is no rate; write it such as 1.0823.');
  });

  it('is refused where its columns are unknown, and never thrown over', () => {
    expect(readRateFile('name,amount\nAda,3', options).ok).toBe(false);
    fc.assert(
      fc.property(fc.string(), (text) => {
        readRateFile(`date,base,quote,rate\n${text}`, options);
        readRateFile(text, options);
      }),
    );
  });

  it('begins the mending of a line with what its cells look like', () => {
    expect(guessedCells('2023-05-22;EUR;usd;1.08x;3')).toEqual({
      date: '2023-05-22',
      base: 'EUR',
      quote: 'USD',
      rate: '3',
    });
  });
});
