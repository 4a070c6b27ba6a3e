import './popover.css';
import './calendar.css';
import { type CalendarDate, parseDate } from '@internationalized/date';
import { CalendarDays, ChevronLeft, ChevronRight, X } from 'lucide-react';
import {
  Button,
  Calendar,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
  DateInput,
  DatePicker,
  DateSegment,
  Dialog,
  Group,
  Heading,
  Popover,
} from 'react-aria-components';
import { t } from '../i18n/translate.ts';
import { classNames } from './class-names.ts';
import { FieldLabel, FieldNotes, type FieldProps } from './field-parts.tsx';

export interface DateFieldProps extends FieldProps {
  /** ISO day (YYYY-MM-DD) or empty. */
  readonly value: string;
  readonly onChange: (day: string) => void;
  readonly isDisabled?: boolean;
  readonly isReadOnly?: boolean;
  readonly className?: string;
}

/** A day, typed part by part or picked from a calendar. */
export function DateField(props: DateFieldProps) {
  const { label, hideLabel, optional, description, error, value, onChange, isDisabled, isReadOnly, className } = props;
  return (
    <DatePicker
      className={classNames('field', className)}
      value={day(value)}
      onChange={(next) => onChange(next === null ? '' : next.toString())}
      isDisabled={isDisabled ?? false}
      isReadOnly={isReadOnly ?? false}
      isInvalid={error !== undefined && error !== ''}
    >
      <FieldLabel label={label} {...(hideLabel === undefined ? {} : { hideLabel })} {...(optional === undefined ? {} : { optional })} />
      <Group className="field__box">
        <DateInput className="field__segments">{(segment) => <DateSegment segment={segment} className="field__segment" />}</DateInput>
        <Button className="field__stepper" aria-label={t('common.day.open')}>
          <CalendarDays aria-hidden="true" />
        </Button>
        {value === '' || isDisabled || isReadOnly ? null : (
          <Button slot={null} className="field__stepper" aria-label={t('common.day.clear')} onPress={() => onChange('')}>
            <X aria-hidden="true" />
          </Button>
        )}
      </Group>
      <FieldNotes description={description} {...(error === undefined ? {} : { error })} />
      <Popover className="popover">
        <Dialog className="calendar">
          <Calendar>
            <header className="calendar__header">
              <Button slot="previous" className="button button--quiet button--icon button--small" aria-label={t('common.day.previous')}>
                <ChevronLeft aria-hidden="true" />
              </Button>
              <Heading className="calendar__title" />
              <Button slot="next" className="button button--quiet button--icon button--small" aria-label={t('common.day.next')}>
                <ChevronRight aria-hidden="true" />
              </Button>
            </header>
            <CalendarGrid className="calendar__grid">
              <CalendarGridHeader>
                {(name) => <CalendarHeaderCell className="calendar__weekday">{name}</CalendarHeaderCell>}
              </CalendarGridHeader>
              <CalendarGridBody>{(date) => <CalendarCell date={date} className="calendar__day" />}</CalendarGridBody>
            </CalendarGrid>
          </Calendar>
        </Dialog>
      </Popover>
    </DatePicker>
  );
}

function day(value: string): CalendarDate | null {
  return /^\d{4}-\d{2}-\d{2}$/.test(value) ? parseDate(value) : null;
}
