FROM node:20-bookworm-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends python3 make g++ && rm -rf /var/lib/apt/lists/*
WORKDIR /boardwalk
COPY . .
RUN npm ci && node -e "import('./scripts/build-if-stale.mjs').then((build) => build.buildIfStale('station'))"

FROM node:20-bookworm-slim
WORKDIR /boardwalk
COPY --from=build /boardwalk /boardwalk
ENV BOARDWALK_DATA=/data NODE_ENV=production
VOLUME /data
EXPOSE 4800
CMD ["npm", "start", "--silent"]
