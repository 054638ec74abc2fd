package io.ocssd.cli.architecture;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.signature.SignatureReader;
import org.objectweb.asm.signature.SignatureVisitor;

/** Looks for broken {@linkplain Ban bans} in the bytecode of a class: in its head, fields, methods and instructions. */
final class BanScan extends ClassVisitor {
    private static final int ASM = Opcodes.ASM9;

    private final Set<Finding> findings = new LinkedHashSet<>();
    private String className;
    private String source;

    private BanScan() {
        super(ASM);
    }

    /** What a class file breaks, each once per line. */
    static List<Finding> of(byte[] classFile) {
        BanScan scan = new BanScan();
        new ClassReader(classFile).accept(scan, ClassReader.SKIP_FRAMES);
        // The source's name comes after the head.
        return scan.findings.stream()
                .map(found -> new Finding(
                        found.className(), found.method(), scan.source, found.line(), found.ban(), found.what()))
                .toList();
    }

    @Override
    public void visit(int version, int access, String name, String signature, String superName, String[] interfaces) {
        className = name.replace('/', '.');
        Place head = new Place(null);
        if (superName != null) {
            head.type(superName);
        }
        for (String superInterface : interfaces) {
            head.type(superInterface);
        }
        head.signature(signature);
        head.report(0);
    }

    @Override
    public void visitSource(String file, String debug) {
        source = file;
    }

    @Override
    public FieldVisitor visitField(int access, String name, String descriptor, String signature, Object value) {
        Place field = new Place(null);
        field.type(Type.getType(descriptor));
        field.signature(signature);
        field.report(0);
        return null;
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, String signature, String[] exceptions) {
        Place head = new Place(name);
        if ((access & Opcodes.ACC_SYNCHRONIZED) != 0) {
            head.broken(Ban.MONITORS, "a synchronized method");
        }
        head.type(Type.getMethodType(descriptor));
        head.signature(signature);
        return new Code(head);
    }

    /** Where references are found: the head of the class, a field or a method. Collects until the line is known. */
    private final class Place {
        private final String method;
        private final List<Finding> unplaced = new ArrayList<>();

        Place(String method) {
            this.method = method;
        }

        void broken(Ban ban, String what) {
            unplaced.add(new Finding(className, method, null, 0, ban, what));
        }

        void report(int line) {
            for (Finding found : unplaced) {
                findings.add(new Finding(className, method, null, line, found.ban(), found.what()));
            }
            unplaced.clear();
        }

        /** A type by its internal name, which for arrays is their descriptor. */
        void type(String internalName) {
            if (internalName.startsWith("[")) {
                type(Type.getType(internalName));
            } else {
                Ban.onType(internalName).ifPresent(ban -> broken(ban, internalName.replace('/', '.')));
            }
        }

        void type(Type type) {
            switch (type.getSort()) {
                case Type.ARRAY -> type(type.getElementType());
                case Type.OBJECT -> type(type.getInternalName());
                case Type.METHOD -> {
                    type(type.getReturnType());
                    for (Type argument : type.getArgumentTypes()) {
                        type(argument);
                    }
                }
                default -> {
                    // a primitive
                }
            }
        }

        void signature(String signature) {
            if (signature != null) {
                new SignatureReader(signature).accept(new SignatureVisitor(ASM) {
                    @Override
                    public void visitClassType(String name) {
                        type(name);
                    }
                });
            }
        }

        void member(String owner, String name, String descriptor) {
            type(owner);
            type(Type.getType(descriptor));
        }

        void method(String owner, String name, String descriptor) {
            member(owner, name, descriptor);
            Ban.onMethod(owner, name, descriptor).ifPresent(ban -> broken(ban, owner.replace('/', '.') + "." + name));
        }

        void constant(Object constant) {
            if (constant instanceof Type type) {
                type(type);
            } else if (constant instanceof Handle handle) {
                if (handle.getTag() <= Opcodes.H_PUTSTATIC) {
                    member(handle.getOwner(), handle.getName(), handle.getDesc());
                } else {
                    method(handle.getOwner(), handle.getName(), handle.getDesc());
                }
            } else if (constant instanceof ConstantDynamic dynamic) {
                type(Type.getType(dynamic.getDescriptor()));
                constant(dynamic.getBootstrapMethod());
                for (int i = 0; i < dynamic.getBootstrapMethodArgumentCount(); i++) {
                    constant(dynamic.getBootstrapMethodArgument(i));
                }
            }
        }
    }

    private final class Code extends MethodVisitor {
        private final Place head;
        private final Place body;
        private int firstLine;
        private int line;

        Code(Place head) {
            super(ASM);
            this.head = head;
            this.body = new Place(head.method);
        }

        @Override
        public void visitLineNumber(int number, Label start) {
            line = number;
            if (firstLine == 0) {
                firstLine = number;
            }
        }

        @Override
        public void visitInsn(int opcode) {
            if (opcode == Opcodes.MONITORENTER || opcode == Opcodes.MONITOREXIT) {
                body.broken(Ban.MONITORS, "a synchronized block");
                body.report(line);
            }
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
            body.type(type);
            body.report(line);
        }

        @Override
        public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
            body.type(descriptor);
            body.report(line);
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
            body.member(owner, name, descriptor);
            body.report(line);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            body.method(owner, name, descriptor);
            body.report(line);
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            body.type(Type.getType(descriptor));
            body.constant(bootstrap);
            for (Object argument : arguments) {
                body.constant(argument);
            }
            body.report(line);
        }

        @Override
        public void visitLdcInsn(Object value) {
            body.constant(value);
            body.report(line);
        }

        @Override
        public void visitTryCatchBlock(Label start, Label end, Label handler, String type) {
            if (type != null) {
                body.type(type);
                body.report(line);
            }
        }

        @Override
        public void visitEnd() {
            head.report(firstLine);
        }
    }
}
