package io.ocssd.geometry.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.Ocssd;
import io.ocssd.buffer.IoBuffer;
import io.ocssd.buffer.IoBufferPool;
import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.Completion;
import io.ocssd.device.DeviceInfo;
import io.ocssd.device.DeviceUri;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.Geometry;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.device.Limits;
import io.ocssd.scheduler.Scheduler;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * A drive and one queue, on which tests give short commands and look at the status. Blocks are named by their linear number;
 * the sectors of a write are marked with the number of the write, data and OOB.
 */
final class Console implements AutoCloseable {
    final FlashDevice device;
    final Geometry geometry;
    final IoQueue queue;
    final IoCommand command = new IoCommand();
    private final Scheduler scheduler;
    private final Completion completion = new Completion();
    private final IoBuffer data;
    private final IoBuffer oob;
    private int writes;

    private Console(FlashDevice openDevice, Scheduler itsScheduler) throws Exception {
        scheduler = itsScheduler;
        device = openDevice;
        geometry = device.geometry();
        queue = device.openQueue(4);
        data = new IoBufferPool(2 * Limits.MAX_ADDRESSES * geometry.sectorBytes(), 1).tryTake();
        oob = new IoBufferPool(2 * Limits.MAX_ADDRESSES * Math.max(1, geometry.oobBytes()), 1).tryTake();
    }

    static Console of(String shape) throws Exception {
        return open("mem:?" + shape);
    }

    /** A drive in memory whose cells fail what is planned. */
    static Console faulty(String shape, MediaFaults faults) throws Exception {
        CreationParameters made = Made.of(shape);
        ImageLayout layout = new ImageLayout(made.geometry(), made.payload());
        return on(shape, new MemoryBacking(layout.bytes()), faults);
    }

    /** Something that is done to the media before the first command. */
    interface Preparation {
        void prepare(Media media) throws Exception;
    }

    /** A new drive on a backing full of zeros, whose cells fail what is planned. */
    static Console on(String shape, Backing backing, MediaFaults faults) throws Exception {
        return on(shape, backing, media -> media.faults(faults));
    }

    /** A new drive on a backing full of zeros. */
    static Console on(String shape, Backing backing, Preparation preparation) throws Exception {
        Scheduler scheduler = Scheduler.real();
        CreationParameters made = Made.of(shape);
        ImageLayout layout = new ImageLayout(made.geometry(), made.payload());
        Media media = DriveImage.format(made, layout, backing).media();
        preparation.prepare(media);
        DeviceInfo info = new DeviceInfo("mem:?" + shape, "", made.serial(), "", "", List.of());
        OpenParameters opened = OpenParameters.of(new Parameters(DeviceUri.parse("mem:")), scheduler);
        return new Console(new EmulatedDevice(info, made, media, opened, scheduler), scheduler);
    }

    static Console open(String uri) throws Exception {
        Scheduler scheduler = Scheduler.real();
        return new Console(Ocssd.openDevice(uri, scheduler), scheduler);
    }

    long ppa(int block, int sector) {
        return geometry.blockPpa(block) + sector;
    }

    /** Runs {@link #command}; returns its status. */
    int run() throws Exception {
        assertThat(queue.submit(command)).isTrue();
        queue.await(1, Long.MAX_VALUE);
        assertThat(queue.poll(completion)).isTrue();
        return completion.status();
    }

    /** Bits of the addresses of the last command that failed. */
    long failed() {
        return completion.failedAddresses();
    }

    /** Where the last append went. */
    long address() {
        return completion.address();
    }

    /** A vector write of these addresses. */
    int write(long... ppas) throws Exception {
        prepare(ppas.length);
        command.write(data, 0).oob(oob, 0);
        for (long each : ppas) {
            command.add(each);
        }
        return run();
    }

    int write(int block, int sector, int sectors) throws Exception {
        prepare(sectors);
        command.write(data, 0).oob(oob, 0).addRun(ppa(block, sector), sectors);
        return run();
    }

    int writeRange(long ppa, int sectors) throws Exception {
        prepare(Math.min(sectors, 2 * Limits.MAX_ADDRESSES));
        command.write(data, 0).oob(oob, 0).range(ppa, sectors);
        return run();
    }

    /** Writes until the block is full. */
    void fill(int block) throws Exception {
        BlockReport report = device.report();
        int step = device.limits().wsOpt();
        int sectors = report.sectors(block);
        for (int at = report.writePointer(block); at < sectors; at += step) {
            assertThat(write(block, at, Math.min(step, sectors - at))).isZero();
        }
    }

    int read(long... ppas) throws Exception {
        soil();
        command.read(data, 0).oob(oob, 0);
        for (long each : ppas) {
            command.add(each);
        }
        return run();
    }

    int read(int block, int sector, int sectors) throws Exception {
        soil();
        command.read(data, 0).oob(oob, 0).addRun(ppa(block, sector), sectors);
        return run();
    }

    int readRange(long ppa, int sectors) throws Exception {
        soil();
        command.read(data, 0).oob(oob, 0).range(ppa, sectors);
        return run();
    }

    int erase(long... ppas) throws Exception {
        command.erase();
        for (long each : ppas) {
            command.add(each);
        }
        return run();
    }

    int append(long ppa, int sectors) throws Exception {
        prepare(sectors);
        command.append(data, 0).oob(oob, 0).range(ppa, sectors);
        return run();
    }

    int finish(int block) throws Exception {
        command.finish().add(ppa(block, 0));
        return run();
    }

    int open(int block) throws Exception {
        command.open().add(ppa(block, 0));
        return run();
    }

    int close(int block) throws Exception {
        command.close().add(ppa(block, 0));
        return run();
    }

    /** Number of the write that the sector was marked by that the last read brought at this index; 0 for zeros. */
    int mark(int index) {
        return data.bytes().getInt(index * geometry.sectorBytes());
    }

    /** The same of the OOB bytes. */
    int oobMark(int index) {
        return oob.bytes().getInt(index * geometry.oobBytes());
    }

    /** Which of the sectors of its write it was. */
    int place(int index) {
        return data.bytes().getInt(index * geometry.sectorBytes() + Integer.BYTES);
    }

    /** Whether the last read left this sector's part of the buffers alone. */
    boolean isUntouched(int index) {
        return mark(index) == -1;
    }

    /** Number of the last write. */
    int lastWrite() {
        return writes;
    }

    BlockState state(int block) throws Exception {
        return device.report().state(block);
    }

    int writePointer(int block) throws Exception {
        return device.report().writePointer(block);
    }

    private void prepare(int sectors) {
        writes++;
        ByteBuffer dataBytes = data.bytes();
        ByteBuffer oobBytes = oob.bytes();
        for (int i = 0; i < sectors; i++) {
            dataBytes.putInt(i * geometry.sectorBytes(), writes);
            dataBytes.putInt(i * geometry.sectorBytes() + Integer.BYTES, i);
            if (geometry.oobBytes() >= Integer.BYTES) {
                oobBytes.putInt(i * geometry.oobBytes(), writes);
            }
        }
    }

    private void soil() {
        for (IoBuffer each : new IoBuffer[] {data, oob}) {
            byte[] ones = new byte[each.capacity()];
            Arrays.fill(ones, (byte) -1);
            each.bytes().put(0, ones);
        }
    }

    @Override
    public void close() {
        queue.close();
        device.close();
        scheduler.close();
    }
}
