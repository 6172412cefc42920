// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.start;

import static java.lang.classfile.ClassFile.ACC_PUBLIC;
import static java.lang.classfile.ClassFile.ACC_STATIC;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** A kernel that C1 does refuse: some hundred vector additions in one method. */
final class OversizedKernel {
  static final String METHOD = "dev.lanewise.internal.start.Oversized::run";

  /** As many as keep the method below the 8,000 bytecodes that HotSpot still compiles. */
  private static final int ADDITIONS = 240;

  /** Enough, with the scaled thresholds of {@link C1AcceptsKernelsTest}. */
  private static final int CALLS = 300;

  private OversizedKernel() {}

  public static void main(String[] arguments) throws Throwable {
    byte[] bytes =
        ClassFile.of()
            .build(
                ClassDesc.of(OversizedKernel.class.getPackageName(), "Oversized"),
                type ->
                    type.withMethodBody(
                        "run",
                        MethodTypeDesc.of(CD_void, CD_float.arrayType()),
                        ACC_PUBLIC | ACC_STATIC,
                        OversizedKernel::body));
    Class<?> oversized = MethodHandles.lookup().defineClass(bytes);
    MethodHandle run =
        MethodHandles.lookup()
            .findStatic(oversized, "run", MethodType.methodType(void.class, float[].class));
    float[] values = new float[ADDITIONS + Long.SIZE];
    for (int call = 0; call < CALLS; call++) {
      run.invokeExact(values);
    }
  }

  /** {@code values[i…] += values[i…]} for each i, one after the other. */
  private static void body(CodeBuilder code) {
    ClassDesc vector = ClassDesc.of("jdk.incubator.vector.FloatVector");
    ClassDesc species = ClassDesc.of("jdk.incubator.vector.VectorSpecies");
    MethodTypeDesc load = MethodTypeDesc.of(vector, species, CD_float.arrayType(), CD_int);
    MethodTypeDesc add = MethodTypeDesc.of(vector, ClassDesc.of("jdk.incubator.vector.Vector"));
    MethodTypeDesc store = MethodTypeDesc.of(CD_void, CD_float.arrayType(), CD_int);
    for (int i = 0; i < ADDITIONS; i++) {
      for (int operand = 0; operand < 2; operand++) {
        code.getstatic(vector, "SPECIES_PREFERRED", species)
            .aload(0)
            .loadConstant(i)
            .invokestatic(vector, "fromArray", load);
      }
      code.invokevirtual(vector, "add", add)
          .aload(0)
          .loadConstant(i)
          .invokevirtual(vector, "intoArray", store);
    }
    code.return_();
  }
}
