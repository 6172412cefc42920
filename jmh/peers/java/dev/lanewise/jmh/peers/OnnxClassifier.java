// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.peers;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.lanewise.jmh.startup.MnistNetwork;
import java.nio.FloatBuffer;
import java.util.Map;

/** The network as a model of ONNX Runtime. */
final class OnnxClassifier implements MnistNetwork.Classifier {
  private final OrtSession session;
  private final Map<String, OnnxTensor> image;
  private final FloatBuffer scores = OnnxRuntime.direct(new float[10]);
  private final Map<String, OnnxTensor> outputs;

  OnnxClassifier(MnistNetwork network) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      this.session = environment.createSession(OnnxModel.classifier(network), options);
      this.image =
          Map.of(
              OnnxModel.INPUT,
              OnnxTensor.createTensor(
                  environment, OnnxRuntime.direct(network.image()), new long[] {1, 1, 28, 28}));
      this.outputs =
          Map.of(
              OnnxModel.OUTPUT, OnnxTensor.createTensor(environment, scores, new long[] {1, 10}));
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public float[] scores() {
    try {
      session.run(image, outputs).close();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
    float[] values = new float[scores.capacity()];
    scores.get(0, values);
    return values;
  }
}
