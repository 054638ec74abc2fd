package io.ocssd.cli.address;

import io.ocssd.device.Ppa;
import io.ocssd.geometry.address.AddressFormat;
import io.ocssd.geometry.address.AddressText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How an address is written. */
enum Notation {
    PPA(AddressFormat.PPA),
    GENERIC(AddressFormat.GENERIC),
    DEVICE(AddressFormat.DEVICE),
    OFFSET(AddressFormat.OFFSET),
    LOG_PAGE(AddressFormat.LOG_PAGE),
    /** In words; they are those of a packed address. */
    FIELDS(AddressFormat.PPA);

    private final AddressFormat format;

    Notation(AddressFormat format) {
        this.format = format;
    }

    AddressFormat format() {
        return format;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** An address of this notation's format, written so: places in bytes in decimal, packed fields as {@code 0x..}. */
    String write(long address) {
        return switch (this) {
            case PPA, GENERIC, DEVICE -> AddressText.hex(address);
            case OFFSET, LOG_PAGE -> Long.toString(address);
            case FIELDS -> Ppa.toString(address);
        };
    }

    /** By the label. */
    static class Converter implements ITypeConverter<Notation> {
        @Override
        public Notation convert(String text) {
            List<String> labels = new ArrayList<>();
            for (Notation each : values()) {
                if (each.label().equals(text.toLowerCase(Locale.ROOT)) && isPossible(each)) {
                    return each;
                }
                if (isPossible(each)) {
                    labels.add(each.label());
                }
            }
            throw new TypeConversionException("\"" + text + "\" is none of " + String.join(", ", labels));
        }

        boolean isPossible(Notation notation) {
            return true;
        }
    }

    /** Of numbers: fields are known by themselves. */
    static final class NumberConverter extends Converter {
        @Override
        boolean isPossible(Notation notation) {
            return notation != FIELDS;
        }
    }
}
