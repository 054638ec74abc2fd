package io.ocssd.cli.vblock;

import io.ocssd.cli.frame.Failure;
import io.ocssd.vblock.Stream;
import io.ocssd.vblock.VblockRequest;
import io.ocssd.vblock.Vblocks;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What a new vblock is to be like. */
final class NewVblockOptions {
    @Option(
            names = "--width",
            paramLabel = "N",
            description = "LUNs to stripe it over; all of the target when not given.")
    private Integer width;

    @Option(
            names = "--stream",
            paramLabel = "STREAM",
            converter = StreamConverter.class,
            defaultValue = "data",
            description = "Which data it shares its fate with: log, metadata, data or gc. Default: ${DEFAULT-VALUE}.")
    private Stream stream;

    @Option(names = "--tag", paramLabel = "N", description = "A number that is kept with it.")
    private long tag;

    /** What is asked for, of the target's vblocks. */
    VblockRequest request(Vblocks vblocks) {
        int most = vblocks.maxWidth();
        if (width != null && (width < 1 || width > most)) {
            throw Failure.refused(
                    "--width " + width + " is not in 1.." + most,
                    "give at most as many LUNs as the target has; ocssd target list shows them");
        }
        return new VblockRequest(stream, width == null ? most : width, tag);
    }

    /** Streams by their label. */
    static final class StreamConverter implements ITypeConverter<Stream> {
        @Override
        public Stream convert(String text) {
            for (Stream each : Stream.values()) {
                if (each.label().equals(text.toLowerCase(Locale.ROOT))) {
                    return each;
                }
            }
            throw new TypeConversionException("\"" + text + "\" is none of "
                    + Arrays.stream(Stream.values()).map(Stream::label).collect(Collectors.joining(", ")));
        }
    }
}
