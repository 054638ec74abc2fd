package io.ocssd.cli.io;

import com.google.common.collect.ImmutableList;
import io.ocssd.cli.frame.AddressArgument;
import io.ocssd.cli.frame.Failure;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Where on a device, and how the commands name it. */
final class PlaceOptions {
    @Parameters(
            paramLabel = "ADDR",
            arity = "1..*",
            description =
                    "Where: decimal, 0x.., or fields such as ch=0,lun=1,blk=7,sec=2 (grp=,pu=,chk=,sec= too); a field"
                            + " that is left out is 0, and one may be a range: sec=0-7.")
    private List<String> addresses = new ArrayList<>();

    @Option(names = "--count", paramLabel = "N", description = "So many from each ADDR on, one after the other.")
    private Integer count;

    @ArgGroup(exclusive = true)
    private Addressing addressing = new Addressing();

    private static final class Addressing {
        @Option(names = "--vector", description = "Send commands that list up to 64 addresses. This is the default.")
        @SuppressWarnings("UnusedVariable") // says what is so anyhow
        private boolean vector;

        @Option(
                names = "--scalar",
                description = "Send commands with one address and a number of sectors, one or more for each ADDR.")
        private boolean scalar;
    }

    /** The addresses, read but not looked up in a geometry. */
    ImmutableList<AddressArgument> addresses() {
        return AddressArgument.parse(addresses);
    }

    /** Whether {@code --count} was given. */
    boolean hasCount() {
        return count != null;
    }

    /** How many from each address on. */
    int count() {
        if (count != null && count < 1) {
            throw Failure.usage("--count " + count + " is below 1", "leave it out for 1");
        }
        return count == null ? 1 : count;
    }

    /** Whether commands are scalar. */
    boolean isScalar() {
        return addressing.scalar;
    }
}
