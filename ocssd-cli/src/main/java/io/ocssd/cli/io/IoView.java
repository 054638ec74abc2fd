package io.ocssd.cli.io;

import io.ocssd.device.IoCommand.Operation;
import io.ocssd.device.NvmeStatus;
import io.ocssd.device.Ppa;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What was sent and answered; the components are the keys of the JSON document.
 *
 * @param operation {@code read}, {@code write}, {@code erase}, {@code copy}
 * @param addressing {@code vector} or {@code scalar}
 * @param dryRun whether nothing was sent
 * @param succeeded whether the device did all of it; null when nothing was sent
 * @param count sectors, or for an erase blocks
 * @param failed how many of them failed, those that were not sent included; null when nothing was sent
 * @param notWritten how many of them did not fail, but were not written either, since the device refused the command that
 *     names them; null when nothing was sent
 * @param dataBytes bytes of data that were moved or would be; 0 for erase and copy
 * @param commands every command
 * @param dataBase64 what was read; null unless asked for
 * @param oobBase64 the out-of-band bytes of what was read; null unless asked for
 */
record IoView(
        String operation,
        String addressing,
        boolean dryRun,
        Boolean succeeded,
        int count,
        Integer failed,
        Integer notWritten,
        long dataBytes,
        List<CommandView> commands,
        String dataBase64,
        String oobBase64) {

    /**
     * A command.
     *
     * @param status NVMe status: type in bits 10:8, code in bits 7:0; null when it was not sent
     * @param statusName its name; null when it was not sent
     * @param elapsedNanos how long it took; null when it was not sent
     */
    record CommandView(Integer status, String statusName, Long elapsedNanos, List<AddressView> addresses) {}

    /**
     * An address of a command.
     *
     * @param address packed, as {@code 0x..}
     * @param fields the same in words
     * @param destination where it is copied to, in words; null when it is not
     * @param failed whether it failed; null when the command was not sent
     * @param written of a write or copy, whether it was programmed; null when that is not known
     * @param result the name of its status, {@code not written} for one that did not fail and was not written; null when the
     *     command was not sent
     */
    record AddressView(
            String address, String fields, String destination, Boolean failed, Boolean written, String result) {}

    /** Of a plan that was carried out. */
    static IoView of(Plan plan, List<Answer> answers, long dataBytes) {
        List<CommandView> commands = new ArrayList<>();
        boolean programs = plan.operation() == Operation.WRITE || plan.operation() == Operation.COPY;
        int failed = 0;
        int notWritten = 0;
        for (Answer answer : answers) {
            List<AddressView> addresses = new ArrayList<>();
            for (int i = 0; i < answer.piece().addresses().length(); i++) {
                failed += answer.hasFailed(i) ? 1 : 0;
                notWritten += answer.isNotWritten(i) ? 1 : 0;
                addresses.add(address(
                        answer.piece(),
                        i,
                        answer.isSent() ? answer.hasFailed(i) : null,
                        programs ? answer.isWritten(i) : null,
                        answer.isSent() ? answer.result(i) : null));
            }
            commands.add(
                    answer.isSent()
                            ? new CommandView(
                                    answer.status(), NvmeStatus.name(answer.status()), answer.nanos(), addresses)
                            : new CommandView(null, null, null, addresses));
        }
        boolean good = answers.stream().allMatch(Answer::isGood);
        return view(plan, false, good, failed, notWritten, dataBytes, commands);
    }

    /** Of a plan that was not carried out. */
    static IoView ofDryRun(Plan plan, long dataBytes) {
        List<CommandView> commands = new ArrayList<>();
        for (Plan.Piece piece : plan.pieces()) {
            List<AddressView> addresses = new ArrayList<>();
            for (int i = 0; i < piece.addresses().length(); i++) {
                addresses.add(address(piece, i, null, null, null));
            }
            commands.add(new CommandView(null, null, null, addresses));
        }
        return view(plan, true, null, null, null, dataBytes, commands);
    }

    /** The same with what was read. */
    IoView withBytes(String data, String oob) {
        return new IoView(
                operation, addressing, dryRun, succeeded, count, failed, notWritten, dataBytes, commands, data, oob);
    }

    private static IoView view(
            Plan plan,
            boolean dryRun,
            Boolean succeeded,
            Integer failed,
            Integer notWritten,
            long dataBytes,
            List<CommandView> commands) {
        return new IoView(
                plan.operation().name().toLowerCase(Locale.ROOT),
                plan.scalar() ? "scalar" : "vector",
                dryRun,
                succeeded,
                plan.size(),
                failed,
                notWritten,
                dataBytes,
                commands,
                null,
                null);
    }

    private static AddressView address(Plan.Piece piece, int index, Boolean failed, Boolean written, String result) {
        long ppa = piece.addresses().get(index);
        String destination = piece.destinations().isEmpty()
                ? null
                : Ppa.toString(piece.destinations().get(index));
        return new AddressView("0x" + Long.toHexString(ppa), Ppa.toString(ppa), destination, failed, written, result);
    }
}
