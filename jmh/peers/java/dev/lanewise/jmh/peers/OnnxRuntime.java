// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.peers;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.lanewise.jmh.Pass;
import dev.lanewise.jmh.contenders.Contender;
import dev.lanewise.jmh.contenders.Entry;
import dev.lanewise.jmh.contenders.Operator;
import dev.lanewise.jmh.contenders.Problem;
import dev.lanewise.jmh.contenders.Task;
import dev.lanewise.jmh.shapes.GemmShape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;

/**
 * ONNX Runtime on a model of one node. A layer's weights are part of the model, so they are packed
 * before; the result goes to memory that is there already. It knows no gradients.
 */
final class OnnxRuntime implements Contender {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final int threads;

  OnnxRuntime(int threads) {
    this.threads = threads;
  }

  @Override
  public boolean canSolve(Task task) {
    return task.pass() == Pass.FORWARD;
  }

  @Override
  public Entry enter(Problem problem) {
    try {
      return problem.task().operator() == Operator.GEMM ? product(problem) : layer(problem);
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  private Entry product(Problem problem) throws OrtException {
    GemmShape sizes = problem.task().product();
    long[] a = {sizes.m(), sizes.k()};
    long[] b = {sizes.k(), sizes.n()};
    long[] c = {sizes.m(), sizes.n()};
    return new Run(
        session(OnnxModel.product(a, b, c)),
        Map.of(
            OnnxModel.INPUT, tensor(problem.input(), a),
            OnnxModel.WEIGHT, tensor(problem.weight(), b)),
        problem.output(),
        c);
  }

  private Entry layer(Problem problem) throws OrtException {
    PlainSizes sizes = PlainSizes.of(problem.task());
    return new Run(
        session(OnnxModel.layer(problem.task(), sizes, problem.weight())),
        Map.of(OnnxModel.INPUT, tensor(problem.input(), sizes.input())),
        problem.output(),
        sizes.output());
  }

  private OrtSession session(byte[] model) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      return environment.createSession(model, options);
    }
  }

  private OnnxTensor tensor(float[] values, long[] sizes) throws OrtException {
    return OnnxTensor.createTensor(environment, direct(values), sizes);
  }

  /** ONNX Runtime reads and writes a direct buffer where it lies, and copies any other. */
  static FloatBuffer direct(float[] values) {
    return ByteBuffer.allocateDirect(Float.BYTES * values.length)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer()
        .put(0, values);
  }

  private final class Run implements Entry {
    private final OrtSession session;
    private final Map<String, OnnxTensor> inputs;
    private final FloatBuffer output;
    private final Map<String, OnnxTensor> outputs;

    Run(OrtSession session, Map<String, OnnxTensor> inputs, float[] output, long[] outputSizes)
        throws OrtException {
      this.session = session;
      this.inputs = inputs;
      this.output = direct(output);
      this.outputs =
          Map.of(OnnxModel.OUTPUT, OnnxTensor.createTensor(environment, this.output, outputSizes));
    }

    @Override
    public void run() {
      try {
        session.run(inputs, outputs).close();
      } catch (OrtException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public float[] result() {
      float[] values = new float[output.capacity()];
      output.get(0, values);
      return values;
    }

    @Override
    public void close() {
      try {
        session.close();
      } catch (OrtException e) {
        throw new IllegalStateException(e);
      }
      inputs.values().forEach(OnnxTensor::close);
      outputs.values().forEach(OnnxTensor::close);
    }
  }
}
