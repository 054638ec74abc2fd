package io.ocssd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong on the command line alone has a sentence, a hint and status 2. */
class WrongUsageTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            devcie                                          | command line  | there is no command "devcie"
            device reprot                                   | device        | there is no verb "reprot"
            kv                                              | kv            | no verb given
            device info --jsn                               | device info   | unknown option --jsn
            device info surplus                             | device info   | one argument too many
            device report --state                           | device report | state
            -d mem: device report --state half              | device report | none of free, open, closed, offline
            -d mem: device report --type any                | device report | none of sequential
            --json -d mem: device wear --svg -              | device wear   | want stdout
            -d mem: device report --lun 3-1                 | device report | no range
            -d mem: device report x                         | device report | no address
            -d mem: device report ch=0,page=1               | device report | "page"
            -d mem: device report ch=0,ch=1                 | device report | given twice
            -d mem: device report ch=0,pl=1                 | device report | planes
            address                                         | address       | no verb given
            -d mem: address convert 0                       | address convert | --to
            -d mem: address convert --to device             | address convert | ADDR
            -d mem: address convert --to lba 0              | address convert | none of ppa, generic, device, offset, log-page, fields
            -d mem: address convert --to device --from lba 0 | address convert | none of ppa, generic, device, offset, log-page
            -d mem: address convert --to device --from fields ch=0 | address convert | "fields" is none of
            -d mem: address convert --to device x           | address convert | no address
            -d mem: address convert --to device 0 ch=       | address convert | no field
            -d mem: address convert --to device 18446744073709551616 | address convert | more than 64 bits
            -d mem: address convert --to device --sector-bytes 512 0 | address convert | goes with --geometry
            address convert --to device --geometry f --sector-bytes 5000 0 | address convert | no power of two
            address convert --to device 0                   | address convert | no device given
            device create mem:?profile=huge                 | device create | made when it is opened
            device create emu:x --profile huge              | device create | huge
            device profiles nix                             | device profiles | no profile "nix"
            device create emu:x --spec 1.2                  | device create | 2.0 only
            device create emu:x --planes 2                  | device create | planes
            device create emu:x --pages 4                   | device create | go together
            device create emu:x --sector-bytes 4Q           | device create | no size
            device create emu:x?seed=1 --seed 2             | device create | same thing
            device create emu:x --channels 300              | device create | channels
            device create lightnvm:/dev/nvme0n1             | device create | no device has the scheme
            device info                                     | device info   | no device given
            kv get key                                      | kv get        | no device given
            -d mem:?foo=1 device info                       | device info   | foo
            -d nix:x device info                            | device info   | no device has the scheme "nix"
            -d mem:?x device info                           | device info   | not of the form
            -d mem: target create a/b                       | target create | target name
            -d mem: target create a --luns 1,x              | target create | no list of numbers
            -d mem: target create a --luns 1 --lun-count 2  | target create | mutually exclusive
            -d mem: target create a --lun-count 0           | target create | lunCount=0
            -d mem: target create a --capacity 5Q           | target create | no size
            -d mem: target create a --capacity 0            | target create | capacity=0
            -d mem: target create a --overprovision 1.5     | target create | overprovision=1.5
            -d mem: target create a --open-blocks 3         | target create | at least 4
            -d mem: target info                             | target info   | NAME
            -d mem: target resize a                         | target resize | nothing is to be different
            -d mem: target resize a --luns 1 --rest         | target resize | mutually exclusive
            -d mem: target resize a --overprovision x       | target resize | overprovision
            -d mem: target remove                           | target remove | NAME
            -d mem: vblock                                  | vblock        | no verb given
            -d mem: vblock write                            | vblock write  | --input
            -d mem: vblock write 0x1 --input f              | vblock write  | can't be written any more
            -d mem: vblock write --input f --sync-every 0   | vblock write  | below 1
            -d mem: vblock write --input f --stream top     | vblock write  | none of log, metadata, data, gc
            -d mem: vblock read                             | vblock read   | ID
            -d mem: vblock read x                           | vblock read   | no id of a vblock
            -d mem: vblock read 0                           | vblock read   | no id of a vblock
            -d mem: vblock read 0x1 --json                  | vblock read   | want stdout
            -d mem: vblock read 0x1 --offset 1Q             | vblock read   | no size
            -d mem: vblock erase                            | vblock erase  | no vblock is named
            -d mem: vblock erase 0x1 --all                  | vblock erase  | two things
            -d mem: vblock copy 0x                          | vblock copy   | no id of a vblock
            -d mem: vblock allocate --count 0               | vblock allocate | below 1
            -d mem: vblock list --placement nix             | vblock list   | unknown option
            -d mem: vblock copy 1 --placement nix           | vblock copy   | there is no "nix"
            badblock list                                   | badblock list | no device given
            -d mem: kv put                                  | kv put        | KEY
            -d mem: kv put k                                | kv put        | there is no value
            -d mem: kv put k v --input f                    | kv put        | two values
            -d mem: kv get k --db a/b                       | kv get        | store name
            -d mem: kv scan --limit -1                      | kv scan       | limit
            -d mem: kv scan --limit x                       | kv scan       | limit
            --json -d mem: kv load . --acknowledge -        | kv load       | want stdout
            bench device --pattern zigzag                   | bench device  | none of seqwrite
            bench device --arrivals poisson                 | bench device  | needs a rate
            bench device --arrivals poisson --rate 0        | bench device  | needs a rate
            bench device --rate 5                           | bench device  | goes with --arrivals poisson
            bench device --duration 1s --count 5            | bench device  | when to stop
            bench device --duration 1x                      | bench device  | no duration
            bench device --duration 0s                      | bench device  | below 1
            bench device --count 0                          | bench device  | below 1
            bench device --queue-depth 0                    | bench device  | below 1
            bench device --queue-depth 9999                 | bench device  | more than 4096
            bench device --write-luns 3                     | bench device  | patterns that write
            bench device --pattern seqwrite --write-queue-depth 3 | bench device | pattern mixed
            bench device --pattern mixed --write-busy 1.5   | bench device  | at most 1
            bench device --pattern seqwrite --arrivals poisson --rate 5 --write-busy 0.5 | bench device | when writes come
            bench device --profile nix                      | bench device  | nix
            -d mem: bench device --profile tiny             | bench device  | -d names one
            -d mem:?clock=real bench device --clock real    | bench device  | same thing
            io read 0x0                                     | io read       | no device given
            -d mem: io read                                 | io read       | ADDR
            -d mem: io read x                               | io read       | no address
            -d mem: io read blk=7,sec=3-1                   | io read       | ends before it begins
            -d mem: io read 0x10-0x1                        | io read       | ends before it begins
            -d mem: io read 0-9999999                       | io read       | more than 1048576 addresses
            -d mem: io read 0 --count 0                     | io read       | below 1
            -d mem: io read 0 --scalar --vector             | io read       | mutually exclusive
            -d mem: io read 0 --output - --dump             | io read       | want stdout
            -d mem: io read 0 --output - --json             | io read       | want stdout
            -d mem: io read 0 --oob-output -                | io read       | no file
            -d mem: io write 0                              | io write      | --input
            -d mem: io write 0 --input - --oob-input -      | io write      | no file
            -d mem: io erase 0                              | io erase      | this would erase 1 block of mem:
            -d mem: io copy 0                               | io copy       | --to
            -d mem: io copy 0 --to 0 --scalar               | io copy       | lists its addresses
            -d mem: io copy 0-2 --to 0-1                    | io copy       | 3 sectors to copy, but 2 destinations
            bench replay                                    | bench replay  | TRACE
            bench replay x --queue-depth 5                  | bench replay  | goes with --pace fast
            bench replay x --pace fast --queue-depth 5000   | bench replay  | not in 1..4096
            -d mem: bench replay x                          | bench replay  | this would program and erase
            demo --clock sundial                            | demo          | clock
            demo --entries 0                                | demo          | entries
            demo --persist sometimes                        | demo          | persist
            """)
    void isRefused(String line, String what, String why) {
        Path image = directory.resolve("x");
        new Cli().run(line.replace("emu:x", "emu:" + image).split(" +")).fails(2, what, why);
        assertThat(Files.exists(image)).as("nothing was made by " + line).isFalse();
    }

    /** What to do depends on what is wrong. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -d mem:?profile=nix device info                  | ocssd device profiles shows them
            device create emu:x --profile nix                | ocssd device profiles shows them
            bench device --profile nix                       | ocssd device profiles shows them
            -d mem:?foo=1 device info                        | correct the parameter behind the question mark of the URI
            -d mem:?seed=x device info                       | correct the parameter behind the question mark of the URI
            -d mem:?x device info                            | parameters follow a question mark: emu:drive.img?clock=virtual&dulbe=off
            -d faults+mem:?faults.rules=rain device info     | correct faults.rules; ocssd-geometry's manual has the kinds of faults and their fields
            -d faults+mem:?faults=FILE device info           | correct FILE; ocssd-geometry's manual has the kinds of faults and their fields
            -d nix:x device info                             | devices look like emu:drive.img or mem:?profile=small
            -d rain+mem: device info                         | decorators are faults+, trace+, delay+ and statistics+, as in trace+emu:drive.img?trace=FILE
            """)
    void theHintFitsWhatIsWrong(String line, String hint) throws Exception {
        String file =
                Files.writeString(directory.resolve("run.faults"), "rain\n").toString();
        Path image = directory.resolve("x");
        String[] arguments =
                line.replace("emu:x", "emu:" + image).replace("FILE", file).split(" +");
        assertThat(new Cli().run(arguments).err())
                .contains("\nhint: " + (hint.startsWith("correct FILE") ? hint.replace("FILE", file) : hint) + "\n");
    }

    @Test
    void theHintForAPathThatLacksItsSchemeCanBeFollowed() {
        assertThat(new Cli().run("-d", "faults+drive.img", "device", "info").err())
                .contains("hint: between decorators and path stands a scheme: faults+emu:drive.img\n");
        assertThat(new Cli()
                        .run("-d", "trace+faults+drive.img?trace=x", "device", "info")
                        .err())
                .contains("hint: between decorators and path stands a scheme: trace+faults+emu:drive.img?trace=x\n");
    }

    @Test
    void aTypoGetsASuggestion() {
        assertThat(new Cli().run("device", "reprot").err()).contains("did you mean report");
        assertThat(new Cli().run("kv", "laod").err()).contains("load");
    }

    @Test
    void verboseShowsTheStackTrace() {
        assertThat(new Cli().run("-v", "device", "info").err()).contains("hint: ", "\tat io.ocssd.cli.");
        for (String line : new String[] {"-v demo --entries 0", "demo --entries 0 -v"}) {
            assertThat(new Cli().run(line.split(" ")).err()).as(line).contains("\tat io.ocssd.cli.");
        }
    }
}
