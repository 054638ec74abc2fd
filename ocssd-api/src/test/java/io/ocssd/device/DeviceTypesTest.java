package io.ocssd.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.buffer.IoBufferPool;
import org.junit.jupiter.api.Test;

class DeviceTypesTest {
    private static final Geometry GEOMETRY = new Geometry(2, 3, 10, 16, 4096, 16);

    @Test
    void everyFieldOutsideTheGeometryIsNamed() {
        assertThatThrownBy(() -> GEOMETRY.checkAddress(Ppa.of(2, 1, 10, 16)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("channel=2 is not in 0..1")
                .hasMessageContaining("block=10 is not in 0..9")
                .hasMessageContaining("sector=16 is not in 0..15")
                .hasMessageNotContaining("lun=1 is");
        GEOMETRY.checkAddress(Ppa.of(1, 2, 9, 15));
    }

    @Test
    void impossibleShapesAreRefused() {
        assertThatThrownBy(() -> new Geometry(0, 1, 1, 1, 4096, 0)).hasMessageContaining("channels=0");
        assertThatThrownBy(() -> new Geometry(1, 257, 1, 1, 4096, 0)).hasMessageContaining("lunsPerChannel=257");
        assertThatThrownBy(() -> new Geometry(1, 1, 1, 1, 4095, 0)).hasMessageContaining("sectorBytes=4095");
        assertThatThrownBy(() -> new Geometry(1, 1, 1, 1, 4096, 65)).hasMessageContaining("oobBytes=65");
        assertThatThrownBy(() -> new Geometry(256, 256, 1 << 20, 1, 4096, 0)).hasMessageContaining("2^31");
        assertThatThrownBy(() -> new Limits(4, 6, 0, 0)).hasMessageContaining("wsOpt=6");
        assertThatThrownBy(() -> new Limits(4, 128, 0, 0)).hasMessageContaining("wsOpt=128");
        assertThatThrownBy(() -> new Limits(4, 8, -1, 0)).hasMessageContaining("mwCunits=-1");
        assertThatThrownBy(() -> new Limits(4, 8, 0, 4, -1, 0)).hasMessageContaining("maxOpenPerLun=-1");
        assertThatThrownBy(() -> new Limits(4, 8, 0, 4, 0, 3)).hasMessageContaining("maxActive=3 is below maxOpen=4");
    }

    @Test
    void aUriKeepsSchemePathAndParameters() {
        DeviceUri uri = DeviceUri.parse("emu:/tmp/a b.img?seed=4&profile=small");
        assertThat(uri.scheme()).isEqualTo("emu");
        assertThat(uri.path()).isEqualTo("/tmp/a b.img");
        assertThat(uri.parameters()).containsEntry("seed", "4").containsEntry("profile", "small");
        assertThat(uri).hasToString("emu:/tmp/a b.img?profile=small&seed=4");
        assertThat(uri.with("seed", "5")).hasToString("emu:/tmp/a b.img?profile=small&seed=5");
        assertThat(DeviceUri.parse("mem:")).hasToString("mem:");
        assertThat(DeviceUri.parse("mem:?")).hasToString("mem:");
    }

    @Test
    void brokenUrisAreExplained() {
        assertThatThrownBy(() -> DeviceUri.parse("/dev/nvme0n1")).hasMessageContaining("no scheme");
        assertThatThrownBy(() -> DeviceUri.parse("/dev/a:b")).hasMessageContaining("no scheme");
        assertThatThrownBy(() -> DeviceUri.parse("mem:?seed")).hasMessageContaining("\"seed\"");
        assertThatThrownBy(() -> DeviceUri.parse("mem:?a=1&a=2")).hasMessageContaining("a is given twice");
    }

    @Test
    void aDecoratorTakesItsOwnParametersAndLeavesTheOthers() {
        DeviceUri uri = DeviceUri.parse("trace+faults+mem:?faults=f.txt&faults.seed=3&trace=t&seed=4&faultsome=1");
        assertThat(uri.isDecorated()).isTrue();
        assertThat(uri.decorator()).isEqualTo("trace");
        assertThat(uri.forDecorator()).hasToString("trace+faults+mem:?trace=t");
        DeviceUri inner = uri.inner();
        assertThat(inner).hasToString("faults+mem:?faults=f.txt&faults.seed=3&faultsome=1&seed=4");
        assertThat(inner.forDecorator().parameters()).containsOnlyKeys("faults", "faults.seed");
        assertThat(inner.inner()).hasToString("mem:?faultsome=1&seed=4");
        assertThat(inner.inner().isDecorated()).isFalse();
        for (String broken : new String[] {"+mem:", "faults+:", "a++b:"}) {
            assertThatThrownBy(() -> DeviceUri.parse(broken)).hasMessageContaining("one plus sign");
        }
    }

    @Test
    void aCommandIsAListOfAddressesOrOneRange() {
        IoCommand command = new IoCommand();
        command.copy().add(1).add(2).addDestination(7).addDestination(8).priority(Priority.HIGH);
        assertThat(command.operation()).isEqualTo(IoCommand.Operation.COPY);
        assertThat(command.sectors()).isEqualTo(2);
        assertThat(command.destinationCount()).isEqualTo(2);
        assertThat(command.destination(1)).isEqualTo(8);
        assertThatThrownBy(() -> command.range(1, 4)).isInstanceOf(IllegalStateException.class);

        command.erase().range(16, 256);
        assertThat(command.isScalar()).isTrue();
        assertThat(command.count()).isEqualTo(1);
        assertThat(command.sectors()).isEqualTo(256);
        assertThat(command.destinationCount()).isZero();
        assertThat(command.priority()).isEqualTo(Priority.NORMAL);
        assertThatThrownBy(() -> command.add(17)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new IoCommand().finish().range(0, 0)).hasMessageContaining("sectors=0");

        command.finish();
        assertThat(command.isScalar()).isFalse();
        assertThat(command.count()).isZero();
    }

    @Test
    void howManyBlocksMayBePartlyWritten() {
        assertThat(new Limits(1, 1, 0, 0).maxPartlyWritten()).isZero();
        assertThat(new Limits(1, 1, 0, 4).maxPartlyWritten()).isEqualTo(4);
        assertThat(new Limits(1, 1, 0, 4, 0, 6).maxPartlyWritten()).isEqualTo(6);
        assertThat(new Limits(1, 1, 0, 4, 2, 6).maxPartlyWritten()).isEqualTo(2);
        assertThat(new Limits(1, 1, 0, 0, 2, 0).maxPartlyWritten()).isEqualTo(2);
        assertThat(new Limits(1, 1, 0, 4, 8, 0).maxPartlyWritten()).isEqualTo(4);
    }

    @Test
    void aReportTellsWhatABlockIsLike() {
        BlockReport report = new BlockReport(GEOMETRY);
        assertThat(report.sectors(3)).isEqualTo(16);
        assertThat(report.type(3)).isEqualTo(BlockType.SEQUENTIAL);
        report.describe(3, BlockType.RANDOM, 12, 255);
        assertThat(report.type(3).label()).isEqualTo("random");
        assertThat(report.sectors(3)).isEqualTo(12);
        assertThat(report.wearIndex(3)).isEqualTo(255);
        assertThat(report.wearIndex(2)).isZero();
    }

    @Test
    void busyTimesAddUpWhereADeviceTellsThem() {
        DeviceCounters silent = new DeviceCounters(0, 0, 0, 0, new long[6]);
        DeviceCounters busy = new DeviceCounters(0, 0, 0, 0, new long[6], new long[] {5, 7});
        assertThat(silent.busyNanos(0)).isEqualTo(-1);
        assertThat(silent.plus(busy).plus(busy).busyNanos(1)).isEqualTo(14);
        assertThat(busy.plus(silent).busyNanos(2)).isEqualTo(-1);
        DeviceCounters channels = busy.withBusyNanos(new long[] {1, 2, 3}, new long[] {4});
        assertThat(channels.busyNanos(2)).isEqualTo(3);
        assertThat(channels.plus(channels).channelBusyNanos(0)).isEqualTo(8);
        assertThat(busy.channelBusyNanos(0)).isEqualTo(-1);
    }

    @Test
    void countersAddUpAndGiveBothAmplifications() {
        DeviceCounters one = new DeviceCounters(5, 1, 4, 1, new long[] {8192, 4096, 2048, 2048, 0, 0});
        assertThat(one.programmedBytes()).isEqualTo(4 * 4096);
        assertThat(one.writeAmplification()).isEqualTo(1.5);
        assertThat(one.deviceWriteAmplification()).isEqualTo(2.0);
        DeviceCounters both = one.plus(one);
        assertThat(both.programmedBytes(ByteClass.RELOCATED)).isEqualTo(8192);
        assertThat(both.commands()).isEqualTo(10);
        assertThat(new DeviceCounters(0, 0, 0, 0, new long[6]).writeAmplification())
                .isEqualTo(1);
        assertThatThrownBy(() -> new DeviceCounters(0, 0, 0, 0, new long[5])).hasMessageContaining("5");
    }

    @Test
    void aReusedCommandKeepsNothingOfTheLast() {
        IoBufferPool pool = new IoBufferPool(4096, 1);
        IoCommand command = new IoCommand();
        command.write(pool.tryTake(), 0)
                .addRun(Ppa.of(0, 0, 1, 4), 3)
                .count(ByteClass.PADDING, 5)
                .tag(9);
        assertThat(command.count()).isEqualTo(3);
        assertThat(command.address(2)).isEqualTo(Ppa.of(0, 0, 1, 6));
        command.erase().add(Ppa.of(1, 0, 2, 0));
        assertThat(command.count()).isEqualTo(1);
        assertThat(command.data()).isNull();
        assertThat(command.tag()).isZero();
        assertThat(command.classBytes(ByteClass.PADDING)).isZero();
        command.addRun(0, 63);
        assertThatThrownBy(() -> command.add(0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void statusesHaveTheStandardsNames() {
        assertThat(NvmeStatus.name(NvmeStatus.OUT_OF_ORDER)).isEqualTo("out of order write");
        assertThat(NvmeStatus.name(0x7AB)).isEqualTo("status 0x7AB");
        assertThat(NvmeStatus.isDataGood(NvmeStatus.HIGH_ECC)).isTrue();
        assertThat(NvmeStatus.isDataGood(NvmeStatus.DEALLOCATED)).isFalse();
    }
}
