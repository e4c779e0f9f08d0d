package dev.portcullis.cli.console;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a moment as people write it: a date, which is its beginning in UTC as everywhere in Portcullis, or RFC 3339. */
public final class Moment implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
        try {
            return text.indexOf('T') < 0
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new TypeConversionException(text + " is no moment: write it like 2026-12-01 or 2026-12-01T08:00:00Z");
        }
    }
}
